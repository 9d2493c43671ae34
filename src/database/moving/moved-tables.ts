/** The tables that a move carries, each with its columns as the target has them; and what a target lacks. */

import type { ClientBase } from 'pg';

export interface MovedTable {
	/** As statements name it: `public.messages`. */
	name: string;
	/** The role that may do everything with it. */
	owner: string;
	columns: string[];
	/** Those that are written: not what the database computes. */
	written: string[];
	/** Its own foreign keys that are asked at once, as statements name them. */
	foreignKeys: string[];
	/** Row-level security holds for the owner, too. */
	isForced: boolean;
}

/** What each database says of itself, and is never another one's: which migrations have run, and the key, which is moved by itself. */
const own = ['public.migrations', 'public.schema_compatibility', 'ccb_private.proof_key'];
/** Partitions that a day makes: figures of a queue, which nobody keeps. */
const passing = /^ccb_jobs\.queue_stats_\d+$/;
/** They say that vectors are there, so they stay behind with them: the program makes them anew. */
const ofVectors = ['ccb_knowledge.chunk_vectors', 'ccb_knowledge.vector_models', 'ccb_knowledge.vector_use'];

const readTables = `
select format('%I.%I', nspname, relname) as "name", pg_get_userbyid(relowner)::text as "owner",
	array(select quote_ident(attname) from pg_attribute where attrelid = class.oid and attnum > 0 and not attisdropped order by attnum)::text[] as "columns",
	array(select quote_ident(attname) from pg_attribute where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum)::text[] as "written",
	array(select quote_ident(conname) from pg_constraint where conrelid = class.oid and contype = 'f' and conparentid = 0 and not condeferrable order by conname)::text[] as "foreignKeys",
	relforcerowsecurity as "isForced"
from pg_class as class join pg_namespace as space on space.oid = relnamespace
where relkind = 'r' and (nspname = 'public' or nspname like 'ccb\\_%')
	and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = class.oid and deptype = 'e')
order by 1`;

/** Throws the driver's own errors. */
export async function readMovedTables(connection: Pick<ClientBase, 'query'>): Promise<MovedTable[]> {
	const { rows } = await connection.query<MovedTable>(readTables);
	return rows.filter(({ name }) => !own.includes(name) && !passing.test(name));
}

/** Those of the source that the target holds too, as the target has them. Pure. @throws RangeError with the names of what it lacks and should not. */
export function commonTables(
	source: readonly MovedTable[],
	target: readonly MovedTable[],
): { tables: MovedTable[]; keepsVectors: boolean } {
	const known = new Map(target.map((table) => [table.name, table]));
	const keepsVectors = known.has('ccb_knowledge.chunk_vectors');
	const wanted = source.filter(({ name }) => keepsVectors || !ofVectors.includes(name));
	const missing = wanted.filter(({ name }) => !known.has(name)).map(({ name }) => name);
	if (missing.length > 0) throw new RangeError(missing.join(', '));
	return { tables: wanted.flatMap(({ name }) => known.get(name) ?? []), keepsVectors };
}
