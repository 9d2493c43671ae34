/** What the bot told somebody alone: there for a day, in whatever process they come back, and for nobody else. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrivateNotices } from '#src/history/private-notices.ts';
import { createUser, type TestDatabase, testDatabases } from '#test/fakes/database.ts';

describe.each(testDatabases())('a private word on $name', ({ open }) => {
	let opened: TestDatabase;
	beforeAll(async () => {
		opened = await open();
	});
	afterAll(() => opened.close());

	const notice = (text: string) => ({ id: randomUUID(), text });
	/** Each time another process. */
	const notices = () => createPrivateNotices(opened.database);

	it('is found by its person when they come back, once, in its order and with its button', async () => {
		const [ana, luis] = [await createUser(opened.database), await createUser(opened.database)];
		const conversationId = randomUUID();
		const button = { label: 'Ask there', action: { name: 'privately', replyId: randomUUID() } };
		const [first, second] = [notice('Too many questions.'), { ...notice('There is more.'), button }];
		for (const told of [first, second, second]) await notices().keep(ana.userId, conversationId, told);
		expect(await notices().of(ana, conversationId)).toEqual([first, second]);
		expect(await notices().of(ana, randomUUID())).toEqual([]);
		expect(await notices().of(luis, conversationId)).toEqual([]);
	});

	it('goes after a day, and with its conversation', async () => {
		const ana = await createUser(opened.database);
		const [one, other] = [randomUUID(), randomUUID()];
		await opened.database.queryAsRegistrar(
			`insert into web_notices (id, user_id, conversation_id, notice, created_at) values ($1, $2, $3, '{}', now() - interval '25 hours')`,
			[randomUUID(), ana.userId, one],
		);
		expect(await notices().of(ana, one)).toEqual([]);
		await notices().keep(ana.userId, other, notice('New.'));
		expect(await opened.database.queryAsRegistrar('select id from web_notices where user_id = $1', [ana.userId])).toHaveLength(1);
		await notices().forget(ana.userId, other);
		expect(await notices().of(ana, other)).toEqual([]);
	});
});
