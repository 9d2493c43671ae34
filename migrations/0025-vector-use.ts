/** Which model makes the vectors of passages: what administrators chose, and whose vectors are being made beside those that are searched. */

import { Migration } from '@mikro-orm/migrations';

/** Owned by the librarian, like the models themselves. */
const createUse = `
set local role ccb_librarian;
create table ccb_knowledge.vector_use (
	one boolean not null primary key default true constraint vector_use_one_check check (one),
	chosen text,
	target_id smallint constraint vector_use_target_id_foreign references ccb_knowledge.vector_models (id),
	begun_at timestamptz,
	begun_with int not null default 0,
	takes_gaps boolean not null default false,
	problem text,
	problem_at timestamptz
);
insert into ccb_knowledge.vector_use default values;
reset role`;

export class VectorUse extends Migration {
	override up(): void {
		this.addSql(createUse);
	}
}
