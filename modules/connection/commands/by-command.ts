/** Who did it, in the record, where it was done on the command line. */
export const byCommand = 'command line';
