import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { Person } from '#src/identity/person.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { says, saysWithoutEnd } from '#test/fakes/model-pool.ts';
import { waitFor } from '../conversation/turn-fixture.ts';
import { actor, useEventScene } from './event-scene.ts';

const broken = new BotError('MODEL_UNAVAILABLE', 'no host', { retryable: true });
const file = { id: 'F1', name: 'prices.pdf', mediaType: 'application/pdf', sizeBytes: 9, source: 'https://files.example.com/1' };
const scene = useEventScene();

describe('a message', () => {
	it('is answered', async () => {
		scene.world.models.script(says('Very well.'));
		expect(await scene.handle(scene.message())).toBe('answered');
		expect(scene.world.shown()).toEqual(['Very well.']);
	});

	it('is answered once, however often its event is handled', async () => {
		scene.world.models.script(says('Very well.'));
		const event = scene.message();
		await scene.handle(event);
		expect(await scene.handle(event, 2)).toBe('answered');
		expect(scene.world.shown()).toEqual(['Very well.']);
	});

	it('with files that are out of reach is answered with what to do', async () => {
		scene.world.models.script(says('Very well.'));
		const outOfReach = { ...file, source: null };
		await scene.handle(scene.message({ attachments: [outOfReach] }));
		await scene.handle(scene.message({ messageId: '0520', key: 'alone', text: '', attachments: [outOfReach] }));
		expect(scene.world.shown()).toEqual([`Very well.\n\n${english.notice.filesDirectly}`, english.notice.filesDirectly]);
	});

	it('of another platform than ours is ignored', async () => {
		expect(await scene.handle({ ...scene.message(), platform: 'unknown' })).toBe('ignored');
	});

	it('with files is answered from them, also by another process', async () => {
		scene.world.platform.files.set(file.source, 'The pump costs 412 euros.');
		scene.world.models.script([...saysWithoutEnd(), new Promise(() => {})], says('It costs 412 euros [1].'));
		const event = scene.message({ text: 'What does the pump cost?', attachments: [file] });
		const process = new AbortController();
		const dying = scene.handler(event, 1, process.signal);
		dying.catch(() => {});
		await scene.world.clock.advanceUntil(() => scene.world.models.requests.length === 1, 60_000);
		process.abort();
		await waitFor(scene.world.clock, dying);
		expect(await scene.handle(event, 2)).toBe('answered');
		for (const { messages } of scene.world.models.requests) expect(messages.at(-2)?.content).toContain('The pump costs 412 euros.');
		expect(scene.world.shown()).toEqual(['It costs 412 euros [1].']);
	});

	it('of files alone is a question about them', async () => {
		scene.world.platform.files.set(file.source, 'The pump costs 412 euros.');
		scene.world.models.script(says('A price.'));
		expect(await scene.handle(scene.message({ text: '', attachments: [file] }))).toBe('answered');
		expect(scene.world.models.requests[0]?.messages.at(-1)?.content).toContain('"asker_wrote":"nothing beside what is attached');
	});

	it('of nothing but a mention is answered by a sentence of ours', async () => {
		expect(await scene.handle(scene.message({ text: '' }))).toBe('told');
		expect(scene.world.shown()).toEqual(['the help text']);
		expect(scene.world.models.requests).toEqual([]);
	});

	it.each(['', 'help'])('that passes something on with %j is a question about that', async (text) => {
		scene.world.models.script(says('Free some space.'));
		const cited = [{ kind: 'forwarded' as const, author: 'Bea', writtenAt: null, text: 'Disk of db-1 is full' }];
		expect(await scene.handle(scene.message({ text, cited }))).toBe('answered');
		expect(scene.world.models.requests[0]?.messages.at(-2)?.content).toContain(
			'{"cited":"forwarded","from":"Bea","text":"Disk of db-1 is full"}',
		);
	});

	it('that answers an older one with a command is that command', async () => {
		const cited = [{ kind: 'quoted' as const, author: 'OpenCCB', writtenAt: null, text: 'A long answer' }];
		expect(await scene.handle(scene.message({ text: 'stop', cited, startsThread: false }))).toBe('commanded');
	});

	it('that is a command runs it, for its author alone', async () => {
		expect(await scene.handle(scene.message({ text: 'Stop!', startsThread: false }))).toBe('commanded');
		expect(scene.world.platform.privately).toEqual([{ accountId: 'ana', text: 'stopped' }]);
		expect(scene.commanded).toEqual([scene.place]);
		expect(scene.world.shown()).toEqual([]);
	});

	it('that is a command outside any thread means the whole channel', async () => {
		await scene.handle(scene.message({ text: 'stop' }));
		expect(scene.commanded).toEqual([{ ...scene.place, threadId: '' }]);
	});

	it("is answered in its author's language", async () => {
		scene.people.set('ana', { ...scene.ana, locale: 'es-MX' });
		scene.world.models.script([broken]);
		await scene.handle(scene.message());
		expect(scene.world.shown()).toEqual([spanish.failure.modelUnavailable]);
	});
});

describe('somebody who is no member', () => {
	it.each<[Person['standing'], string]>([
		['guest', english.refusal.guest],
		['deactivated', english.refusal.deactivated],
	])('is told so politely and alone: %s', async (standing, sentence) => {
		scene.people.set('ana', { ...scene.ana, standing, role: standing === 'guest' ? 'ccb_guest' : 'ccb_employee' });
		for (const event of [scene.message(), scene.message({ text: 'stop' }), scene.invoked('status')])
			expect(await scene.handle(event)).toBe('refused');
		expect(scene.world.platform.privately).toEqual(Array.from({ length: 3 }, () => ({ accountId: 'ana', text: sentence })));
		expect(scene.world.models.requests).toEqual([]);
		expect(scene.commanded).toEqual([]);
	});

	it('is left alone when they do not speak to the bot', async () => {
		scene.people.set('ana', { ...scene.ana, standing: 'guest', role: 'ccb_guest' });
		expect(await scene.handle(scene.message({ addressedBy: 'thread' }))).toBe('refused');
		expect(scene.world.platform.calls).toEqual([]);
	});
});

it('what nobody in particular did is ignored', async () => {
	for (const event of [scene.message({ author: actor('') }), scene.changed('message-deleted', { author: actor('') })])
		expect(await scene.handle(event)).toBe('ignored');
	expect(scene.world.platform.privately).toEqual([]);
});

describe('a message that was changed', () => {
	it('is remembered as it reads now', async () => {
		scene.world.models.script(says('First.'), says('Second.'));
		await scene.handle(scene.message({ messageId: '0500', text: 'What is a chiar?' }));
		expect(await scene.handle(scene.changed('message-edited', { text: 'What is a chair?' }))).toBe('recorded');
		await scene.handle(scene.message({ messageId: '0510', startsThread: false }));
		const asked = JSON.stringify(scene.world.models.requests[1]?.messages);
		expect(asked).toContain('What is a chair?');
		expect(asked).not.toContain('chiar');
	});

	it('that was never ours is ignored', async () => {
		expect(await scene.handle(scene.changed('message-edited', { text: 'x', messageId: '0999' }))).toBe('ignored');
	});

	it('cannot be changed by somebody else', async () => {
		scene.world.models.script(says('First.'));
		await scene.handle(scene.message());
		const forged = scene.changed('message-edited', { text: 'forged', author: { tenantId: 'T', accountId: 'luis' } });
		expect(await scene.handle(forged)).toBe('ignored');
	});

	it('so that it names the bot is answered, and no second time however often it is changed', async () => {
		scene.world.models.script(says('First.'));
		const event = scene.message({ byEdit: true });
		expect(await scene.handle(event)).toBe('answered');
		expect(await scene.handle(event)).toBe('ignored');
		expect(scene.world.models.requests).toHaveLength(1);
		expect(scene.world.shown()).toHaveLength(1);
	});

	it('so that it names the bot is answered by whoever takes over from a process that died', async () => {
		scene.world.models.script([...saysWithoutEnd('Half of an answer here.'), new Promise(() => {})], says('Whole.'));
		const event = scene.message({ byEdit: true });
		const process = new AbortController();
		const dying = scene.handler(event, 1, process.signal);
		dying.catch(() => {});
		await scene.world.clock.advanceUntil(() => scene.world.shown().length === 1, 60_000);
		process.abort();
		await waitFor(scene.world.clock, dying);
		expect(await scene.handle(event, 2)).toBe('answered');
	});

	it('and taken back, and that undone, is remembered again; what was answered to it is not', async () => {
		scene.world.models.script(says('A lucky number.'), says('Second.'));
		await scene.handle(scene.message({ messageId: '0500', text: 'My number is 1729.' }));
		await scene.handle(scene.changed('message-deleted', {}));
		expect(await scene.handle(scene.changed('message-edited', { text: 'My number is 1729.', restored: true }))).toBe('recorded');
		await scene.handle(scene.message({ messageId: '0510', startsThread: false }));
		const asked = JSON.stringify(scene.world.models.requests[1]?.messages);
		expect(asked).toContain('My number is 1729.');
		expect(asked).not.toContain('A lucky number.');
	});

	it('and taken back stays so, whatever comes but the undoing, and whoever else undoes it', async () => {
		scene.world.models.script(says('First.'), says('Second.'));
		await scene.handle(scene.message({ messageId: '0500', text: 'My number is 1729.' }));
		await scene.handle(scene.changed('message-deleted', {}));
		expect(await scene.handle(scene.changed('message-edited', { text: 'My number is 1729.' }))).toBe('ignored');
		const forged = scene.changed('message-edited', { text: 'forged', restored: true, author: actor('luis') });
		expect(await scene.handle(forged)).toBe('ignored');
		await scene.handle(scene.message({ messageId: '0510', startsThread: false }));
		expect(JSON.stringify(scene.world.models.requests[1]?.messages)).not.toMatch(/1729|forged/);
	});

	it('and taken back while it is answered stops the answer, and nothing of it is left', async () => {
		scene.world.models.script([...says('Half of').slice(0, -1), new Promise(() => {})], says('Second.'));
		const answering = scene.handler(scene.message({ messageId: '0500', text: 'My password is hunter2.' }), 1, new AbortController().signal);
		await scene.world.clock.advanceUntil(() => scene.world.shown().length === 1, 60_000);
		await scene.handle(scene.changed('message-deleted', {}));
		await waitFor(scene.world.clock, answering);
		expect(await answering).toBe('stopped');
		await scene.handle({ ...scene.changed('message-deleted', {}), key: 'again' });
		await scene.handle(scene.message({ messageId: '0510', startsThread: false }));
		expect(JSON.stringify(scene.world.models.requests[1]?.messages)).not.toContain('hunter2');
		const rows = await scene.opened.database.asUser(scene.ana, ({ query }) =>
			query("select 1 from messages where content like '%hunter2%' union all select 1 from conversations where title like '%hunter2%'"),
		);
		expect(rows).toEqual([]);
	});

	it('and taken back after the process that answered it died leaves nothing behind', async () => {
		scene.world.models.script([...saysWithoutEnd('Half of an answer here.'), new Promise(() => {})]);
		const event = scene.message({ startsThread: false });
		const process = new AbortController();
		const dying = scene.handler(event, 1, process.signal);
		dying.catch(() => {});
		await scene.world.clock.advanceUntil(() => scene.world.shown().length === 1, 60_000);
		process.abort();
		await waitFor(scene.world.clock, dying);
		await scene.world.store.eraseQuestion(scene.ana, event.place, event.messageId);
		expect(await scene.handle(event, 2)).toBe('ignored');
		expect(scene.world.shown()).toEqual([]);
	});

	it('and taken back before its turn came is not answered', async () => {
		scene.world.models.script(says('First.'));
		await scene.handle(scene.message({ messageId: '0500' }));
		await scene.handle(scene.changed('message-deleted', { messageId: '0510' }));
		expect(await scene.handle(scene.message({ messageId: '0510', startsThread: false }))).toBe('ignored');
		expect(scene.world.models.requests).toHaveLength(1);
	});
});

describe('an opened private view', () => {
	it('offers things to ask, and an app that takes none is no failure', async () => {
		const offered: unknown[] = [];
		scene.world.platform.suggestPrompts = async (_place, { greeting, prompts }) => void offered.push(greeting, prompts);
		expect(await scene.handle(scene.greeting())).toBe('recorded');
		expect(offered).toEqual([english.greeting, english.prompts]);
		scene.world.platform.suggestPrompts = () => Promise.reject(new BotError('PLATFORM_REJECTED', 'no agent view'));
		expect(await scene.handle(scene.greeting())).toBe('recorded');
	});

	it('is tried again when the platform is away', async () => {
		scene.world.platform.suggestPrompts = () => Promise.reject(new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }));
		await expect(scene.handle(scene.greeting())).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
	});
});

describe('what happens in a place', () => {
	it('goes to whoever subscribed to it, and asks for nobody', async () => {
		const name = 'new';
		const event = { ...scene.base('renamed'), type: 'place-renamed', name } as const;
		expect(await scene.handle(event)).toBe('ignored');
		const heard: string[] = [];
		scene.subscriptions.on(['place-renamed'], async (renamed) => void heard.push(renamed.name));
		expect(await scene.handle(event)).toBe('recorded');
		expect(heard).toEqual([name]);
		expect(scene.world.shown()).toEqual([]);
	});
});

describe('somebody who asks from another platform', () => {
	const ana = { ...actor('ana'), platform: 'elsewhere' };

	it('is known there, and answered in the place, where no stream can be opened for them', async () => {
		scene.world.models.script(says('Very well.'));
		expect(await scene.handle(scene.message({ author: ana }))).toBe('answered');
		expect(scene.resolved).toEqual([['elsewhere', null]]);
		expect(scene.world.shown()).toEqual(['Very well.']);
		expect(scene.world.platform.calls.some(({ operation }) => operation === 'open-stream')).toBe(false);
		expect(scene.elsewhere.calls).toEqual([]);
	});

	it('is told there what nobody else is to see', async () => {
		scene.people.set('ana', { ...scene.ana, standing: 'deactivated' });
		scene.lastPlace = { ...scene.place, platform: 'elsewhere' };
		expect(await scene.handle(scene.message({ author: ana }))).toBe('refused');
		expect(scene.elsewhere.calls.map(({ operation }) => operation)).toEqual(['open-chat', 'private']);
		expect(scene.elsewhere.privately).toEqual([{ accountId: 'ana', text: english.refusal.deactivated }]);
		expect(scene.world.platform.privately).toEqual([]);
	});

	it('is told in the place itself where nobody but them reads along', async () => {
		scene.people.set('ana', { ...scene.ana, standing: 'deactivated' });
		const place = { ...scene.place, kind: 'direct' as const };
		expect(await scene.handle(scene.message({ author: ana, place, addressedBy: 'direct' }))).toBe('refused');
		expect(scene.world.platform.privately).toEqual([{ accountId: 'ana', text: english.refusal.deactivated }]);
		expect(scene.elsewhere.calls).toEqual([]);
	});

	it('is told nothing where they were never met, and is nobody where there is no such platform', async () => {
		scene.people.set('ana', { ...scene.ana, standing: 'guest' });
		expect(await scene.handle(scene.message({ author: ana }))).toBe('refused');
		expect(await scene.handle(scene.message({ author: { ...ana, platform: 'none' } }))).toBe('ignored');
		expect([scene.elsewhere.privately, scene.world.platform.privately]).toEqual([[], []]);
	});

	it('is asked about where they are, when it is the platform of the event', async () => {
		scene.world.models.script(says('Very well.'));
		await scene.handle(scene.message({ author: { ...ana, platform: 'fake' } }));
		expect(scene.resolved).toEqual([['fake', scene.place]]);
	});
});
