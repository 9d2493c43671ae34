/** What sixty people leave behind in a year, put into a database and a data folder as the bot leaves it. */

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

const [people, workingDays, questionsADay, questionsOfConversation] = [60, 250, 20, 10];
const [documents, passagesOfDocument, documentBytes] = [2_000, 10, 200_000];

const questions = people * workingDays * questionsADay;

const addPeople = `
with added as (
	insert into users (id, display_name, created_at) select md5('person ' || number)::uuid, 'Person ' || number, now() - interval '1 year'
	from generate_series(0, ${people - 1}) as number returning id, display_name
)
insert into identities (user_id, home_user_id, platform, tenant_id, account_id, display_name) select id, id, 'slack', 'T1', display_name, display_name from added`;

const conversationOf = `(number / ${questionsOfConversation})`;
const addConversations = `
with added as (
	insert into conversations (id, key, platform, tenant_id, channel_id, thread_id, kind, created_by, created_at, last_said_at)
	select md5('conversation ' || number)::uuid, 'slack:T1:D' || number, 'slack', 'T1', 'D' || number, '', 'direct', md5('person ' || number % ${people})::uuid,
		now() - interval '1 year', now() - number * interval '15 minutes'
	from generate_series(0, ${questions / questionsOfConversation - 1}) as number returning id, created_by
)
insert into conversation_participants (conversation_id, user_id, reads_from) select id, created_by, now() - interval '1 year' from added`;

/** Of words about as frequent as in natural language, so that it is compressed about as well. */
const words = (count: number, seed: string) =>
	`(select string_agg('word' || floor(10 * power(500, abs(hashint8(${seed} * 1009 + place)::bigint) / 2147483648.0)), ' ') from generate_series(1, ${count}) as place)`;

const addQuestions = `
insert into messages (id, conversation_id, role, author_user_id, content, status, created_at)
select md5('question ' || number)::uuid, md5('conversation ' || ${conversationOf})::uuid, 'user', md5('person ' || ${conversationOf} % ${people})::uuid,
	${words(12, 'number')}, 'received', now() - interval '6 months'
from generate_series($1::int, $2::int) as number`;
const addAnswers = `
insert into messages (conversation_id, role, in_reply_to, content, status, model, created_at, sources)
select md5('conversation ' || ${conversationOf})::uuid, 'assistant', md5('question ' || number)::uuid, ${words(90, '-number')}, 'answered', 'demo:latest', now() - interval '6 months',
	jsonb_build_array(jsonb_build_object('position', 1, 'name', 'document.pdf', 'page', number % 40))
from generate_series($1::int, $2::int) as number`;
const batch = 20_000;

const addDocument = `
insert into documents (id, content_hash, size_bytes, status, chunk_count, index_version, language, ready_at)
values (md5('document ' || $1::text)::uuid, $2, ${documentBytes}, 'ready', ${passagesOfDocument}, 1, 'en', now())`;
const addPlacements = `
insert into document_placements (id, document_id, name, status) select md5('placement ' || number)::uuid, md5('document ' || number)::uuid, 'document ' || number || '.pdf', 'placed'
from generate_series(0, ${documents - 1}) as number`;
const addPassages = `
insert into chunks (document_id, position, context, content, language, lexemes, length)
select md5('document ' || number / ${passagesOfDocument})::uuid, number % ${passagesOfDocument}, '', content, 'en', to_tsvector('simple', content), 150
from generate_series(0, ${documents * passagesOfDocument - 1}) as number, lateral ${words(150, 'number')} as text (content)`;

/** @param databaseUrl The superuser's, past every policy. */
export async function fill(databaseUrl: string, dataFolder: string): Promise<void> {
	const database = new Client({ connectionString: databaseUrl });
	await database.connect();
	try {
		await database.query(addPeople);
		await database.query(addConversations);
		for (let first = 0; first < questions; first += batch) {
			const range = [first, Math.min(first + batch, questions) - 1];
			await database.query(addQuestions, range);
			await database.query(addAnswers, range);
		}
		for (let number = 0; number < documents; number += 1) await database.query(addDocument, [number, await addFile(dataFolder)]);
		await database.query(addPlacements);
		await database.query(addPassages);
		await database.query('analyze');
	} finally {
		await database.end();
	}
}

/** Of bytes that no compression makes smaller, as those of most documents. @returns its hash, which is its name. */
async function addFile(dataFolder: string): Promise<string> {
	const content = randomBytes(documentBytes);
	const hash = createHash('sha256').update(content).digest('hex');
	const folder = join(dataFolder, 'documents', hash.slice(0, 2));
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, hash.slice(2)), content);
	return hash;
}
