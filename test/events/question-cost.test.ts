import { expect, it } from 'vitest';
import { createIdentities } from '#src/identity/identity.ts';
import { createInbox } from '#src/inbox/inbox.ts';
import type { MessageReceived } from '#src/platform/chat-event.ts';
import { conversationKey } from '#src/platform/place.ts';
import { countedDatabase } from '#test/fakes/counted-database.ts';
import { says } from '#test/fakes/model-pool.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { openTurnWorld } from '../conversation/turn-fixture.ts';
import { actor, createHandler, useEventScene } from './event-scene.ts';

const scene = useEventScene();

/** Each line is a transaction, which costs some 0.3 ms of the database and 0.5 ms of this process before it does anything: an added one needs a reason. */
const received = ['program: inbox', 'program: inbox', 'registrar: ccb_find_account'];
const begun = ['registrar: ccb_join_conversation', 'person: ccb_begin_answer'];
const shown = ['program: reply_parts', 'program: reply_parts', 'program: reply_parts'];
const answered = ['librarian: ccb_knowledge.totals', 'person: ccb_write_answer', ...shown, 'person: ccb_write_answer', 'program: inbox'];

it('asks the database for the first question of somebody new no more than this', async () => {
	const { asked, ask } = open();
	await ask(scene.message({ author: actor('new') }));
	expect(asked()).toEqual([...received, 'registrar: users, ccb_find_account', ...begun, ...answered].sort());
});

it('asks for the next question in the thread whether it was taken back, and what was said before', async () => {
	const { asked, ask } = open();
	await ask(scene.message({ author: actor('known') }));
	asked();
	await ask(scene.message({ author: actor('known'), messageId: '0600', startsThread: false }));
	expect(asked()).toEqual([...received, 'person: messages', ...begun, 'person: conversations, messages', ...answered].sort());
});

function open() {
	const { database, transactions } = countedDatabase(scene.opened.database);
	scene.world = openTurnWorld(database, scene.ana);
	scene.handler = createHandler(scene, createIdentities({ database, clock: scene.world.clock, pacers: unpaced, admins: [] }));
	const inbox = createInbox({ database, processId: 'this', leaseMs: 60_000 });
	return {
		/** Since it was looked at last: in whose name, and what each statement is about. Books and answer are written side by side: in no order. */
		asked: () =>
			transactions
				.splice(0)
				.map(({ by, statements }) => `${by}: ${statements.map(subjectOf).join(', ')}`)
				.sort(),
		/** From its acceptance to its end. */
		async ask(message: MessageReceived) {
			const { models, platform } = scene.world;
			const before = platform.messages.length;
			const steps = says('Very well, in more words than have to come before any are shown.');
			// What ends before it is shown would be posted whole, and not streamed.
			steps.splice(-1, 0, () => expect.poll(() => platform.messages.length).toBe(before + 1));
			models.script(steps);
			await inbox.accept(message, conversationKey(message.place));
			for (const { key, event } of await inbox.claim(10)) await inbox.finish(key, await scene.handle(event));
		},
	};
}

function subjectOf(sql: string): string {
	return /\b(?:from|into|update) ([\w.]+)/.exec(sql)?.[1] ?? sql;
}
