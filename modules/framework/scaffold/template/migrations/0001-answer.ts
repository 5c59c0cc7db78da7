import { migration } from 'vestibule/framework';

/** It may run again after it failed halfway, because MySQL commits each statement of this kind. */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_sample_room'))) return;
    await knex.schema.createTable(table('vestibule_sample_room'), (t) => {
      t.increments('answer_id');
      t.string('subject', 255).notNullable().unique();
      t.string('answer', 255).notNullable();
    });
  },
});
