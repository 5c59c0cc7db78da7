import { migration } from '../../framework/index.ts';

/**
 * Mails from the moment they are asked for until some time after they were sent. One moment, `at_ms`, says for each state
 * when it matters: waiting mails are due then, the one being sent was claimed then, all others ended then.
 */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_mail'))) return;
    await knex.schema.createTable(table('vestibule_mail'), (t) => {
      t.bigIncrements('mail_id');
      t.string('template', 64).notNullable();
      t.smallint('website_id').unsigned().notNullable();
      t.string('topic', 64);
      t.string('once_key', 128);
      t.string('to_address', 255);
      t.string('to_name', 255);
      t.text('data').notNullable();
      t.string('state', 16).notNullable();
      t.smallint('attempts').unsigned().notNullable().defaultTo(0);
      t.smallint('interruptions').unsigned().notNullable().defaultTo(0);
      t.string('holder', 40);
      t.bigInteger('created_ms').notNullable();
      t.bigInteger('at_ms').notNullable();
      t.string('note', 500);
      t.unique(['once_key'], { indexName: table('vestibule_mail_once') });
      t.index(['state', 'at_ms'], table('vestibule_mail_state'));
      t.index(['topic', 'mail_id'], table('vestibule_mail_topic'));
    });
  },
});
