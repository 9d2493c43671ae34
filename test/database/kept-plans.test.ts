import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Message } from '#src/database/entities/message.ts';
import type { Principal } from '#src/database/transaction.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { AnswerFacts } from '#src/history/stored.ts';
import { createUser, openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { newPerson, newPlace, questionIn, say } from '../conversation/conversation-fixture.ts';

let opened: TestDatabase;
let superuser: Client;
beforeAll(async () => {
	opened = await openServerDatabase();
	superuser = new Client({ connectionString: opened.settings.url ?? '' });
	await superuser.connect();
});
afterAll(async () => {
	await superuser.end();
	await opened.close();
});

const accented = 'ÁÀÂÄÃÅĀÇĆČÉÈÊËĒĖĘÍÌÎÏĪÑŃÓÒÔÖÕŌØÚÙÛÜŪÝŸŽŹŻŠŚáàâäãåāçćčéèêëēėęíìîïīñńóòôöõōøúùûüūýÿžźżšś';
const plain = 'aaaaaaaccceeeeeeeiiiiinnooooooouuuuuyyzzzssaaaaaaaccceeeeeeeiiiiinnooooooouuuuuyyzzzss';

describe('words that are searched', () => {
	const texts = [
		'The deploy-2024 of ops@example.com',
		'¿Dónde está la AÑADIDURA?',
		'Łódź, Ålesund und Žižek',
		`${accented} ñ`,
		'— “…” 🙂',
		'東京 Ελλάδα',
	];

	it.each(texts)('are those that were kept before they cost less: %s', async (text) => {
		const before = "select to_tsvector('simple', lower(translate(left($1, 100000), $2, $3)))::text as words";
		const { rows: expected } = await superuser.query(before, [text, accented, plain]);
		const { rows } = await superuser.query('select ccb_private.words_of($1)::text as words', [text]);
		expect(rows).toEqual(expected);
	});
});

describe('the words of an answer', () => {
	const wordsOf = async (id: string) =>
		(await superuser.query<{ words: string }>('select words::text from ccb_private.message_words where message_id = $1', [id])).rows[0]
			?.words;
	const changed = async (id: string, change: string) => {
		await superuser.query(`update messages set ${change} where id = $1`, [id]);
		return await wordsOf(id);
	};

	it('come with its end, once its text is shown, and go with the text', async () => {
		const ana = await newPerson(opened.database);
		const { id } = await say(opened.database, ana, questionIn(newPlace(), '1'));
		expect(await changed(id, "content = 'Very well', status = 'delivering'")).toBeUndefined();
		expect(await changed(id, "status = 'answered'")).toBe("'very':1 'well':2");
		expect(await changed(id, "content = 'Better'")).toBe("'better':1");
		expect(await changed(id, "content = ''")).toBeUndefined();
	});

	it('go at once, whatever else becomes of it', async () => {
		const ana = await newPerson(opened.database);
		const { id } = await say(opened.database, ana, questionIn(newPlace(), '1'), 'Very well');
		expect(await changed(id, "content = '', status = 'delivering'")).toBeUndefined();
	});
});

describe('a function that keeps its plan', () => {
	const write = 'select * from ccb_write_answer($1, $2)';
	const begin = 'select * from ccb_begin_answer($1, $2, $3)';
	const find = "select * from ccb_find_account('fake', 'T', 'U', 15)";
	const facts = JSON.stringify({ status: 'answered', content: 'mine' });

	it('changes the answers of whoever calls it alone', async () => {
		const ana = await newPerson(opened.database);
		const luis = await newPerson(opened.database);
		const { id, conversationId } = await say(opened.database, ana, questionIn(newPlace(), '1'));
		expect(await opened.database.queryAs(luis, write, [id, facts])).toEqual([]);
		expect(await opened.database.queryAs(ana, write, [id, facts])).toEqual([{ conversationId, isOutdated: false }]);
	});

	it('begins nothing in the name of somebody else, nor where one takes no part', async () => {
		const ana = await newPerson(opened.database);
		const luis = await newPerson(opened.database);
		const { conversationId } = await say(opened.database, ana, questionIn(newPlace(), '1'));
		const asked = (author: Principal) =>
			JSON.stringify({
				id: randomUUID(),
				conversation_id: conversationId,
				author_user_id: author.userId,
				content: 'x',
				cited: [],
				attachments: [],
			});
		for (const author of [ana, luis]) {
			const begun = opened.database.queryAs(luis, begin, [asked(author), randomUUID(), '']);
			await expect(begun).rejects.toMatchObject({ code: 'FORBIDDEN' });
		}
	});

	it('writes down every fact of an answer, and nothing that was not told', async () => {
		const ana = await newPerson(opened.database);
		const { id } = await say(opened.database, ana, questionIn(newPlace(), '1'));
		const store = createConversationStore(opened.database);
		const at = new Date('2030-01-01T00:00:01Z');
		const dataQuery = { connector: 'sales', revision: 'r', views: ['v'], statement: 'select 1', sql: 'select 1', named: null };
		const facts: Required<Omit<AnswerFacts, 'sources' | 'drawnFrom'>> = {
			...{ status: 'stopped', content: 'Wéll\0', errorCode: 'INTERNAL', finishReason: 'stopped', model: 'm', host: 'h' },
			...{ promptTokens: 1, outputTokens: null, found: [3, 1], trace: { rounds: 2 }, dataQuery },
			...{ supportedMarks: 2, unsupportedMarks: 3, unknownMarks: 4 },
			...{ signAt: at, firstTokenAt: at, firstTextAt: at, lastTokenAt: at, finalTextAt: at },
		};
		await store.update(ana, id, facts);
		const stored = async () => await opened.database.asUser(ana, ({ em }) => em.findOne(Message, { id }));
		expect(await stored()).toMatchObject({ ...facts, content: 'Wéll\ufffd' });
		await store.update(ana, id, { status: 'answered' });
		expect(await stored()).toMatchObject({ ...facts, content: 'Wéll\ufffd', status: 'answered' });
	});

	it('refuses what it has no place for', async () => {
		const ana = await newPerson(opened.database);
		const unknown = JSON.stringify({ status: 'answered', role: 'user' });
		await expect(opened.database.queryAs(ana, write, [randomUUID(), unknown])).rejects.toMatchObject({ reason: '42703' });
	});

	it('is for those alone who need it', async () => {
		const { database } = opened;
		const guest = await createUser(database, 'ccb_guest');
		const employee = await createUser(database);
		const answer = [randomUUID(), '{}'];
		const question = ['{}', randomUUID(), ''];
		const refused = [
			() => database.queryAs(guest, write, answer),
			() => database.queryAs(guest, begin, question),
			() => database.queryAs(employee, find),
			() => database.queryAsRegistrar(write, answer),
			() => database.queryAsLibrarian(begin, question),
			() => database.query(find),
		];
		for (const call of refused) await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});
});
