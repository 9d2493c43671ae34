import { beforeEach, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { fakeQuery } from '#test/fakes/company-data.ts';
import { says } from '#test/fakes/model-pool.ts';
import { useEventScene } from './event-scene.ts';

const scene = useEventScene();

describe('a typed command', () => {
	it('is carried out', async () => {
		expect(await scene.handle(scene.invoked('stop'))).toBe('commanded');
		expect(scene.world.platform.privately).toEqual([{ accountId: 'ana', text: 'stopped' }]);
	});

	it('that does not exist is named, shortened, with the help below', async () => {
		await scene.handle(scene.invoked(`${'x'.repeat(200)}`));
		const text = scene.world.platform.privately[0]?.text ?? '';
		expect(text).toContain('the help text');
		expect(text.length).toBeLessThan(120);
	});
});

it('is carried out, and not answered, for who makes the bot talk without end', async () => {
	scene.limits.isPatient = false;
	expect(await scene.handle(scene.invoked('stop'))).toBe('commanded');
	expect(scene.commanded).toHaveLength(1);
	expect(scene.world.platform.privately).toEqual([]);
});

describe('a command of administrators', () => {
	it('runs for an administrator, with what was typed behind it as it was typed', async () => {
		scene.people.set('ana', { ...scene.ana, role: 'ccb_admin' });
		expect(await scene.handle(scene.invoked('queue  Pause now '))).toBe('commanded');
		expect(scene.world.platform.privately).toEqual([{ accountId: 'ana', text: 'queue: Pause now' }]);
		expect(await scene.handle(scene.message({ text: 'Queue pause' }))).toBe('commanded');
		expect(scene.world.platform.privately.at(-1)?.text).toBe('queue: pause');
	});

	it('takes what a menu asked for one by one, and what one of another version asked for as if it had been typed', async () => {
		scene.people.set('ana', { ...scene.ana, role: 'ccb_admin' });
		await scene.handle({ ...scene.invoked('queue some words'), options: { order: 'pause' } });
		expect(scene.world.platform.privately.at(-1)?.text).toBe('queue: pause');
		await scene.handle({ ...scene.invoked('queue some words'), options: { action: 'pause' } });
		expect(scene.world.platform.privately.at(-1)?.text).toBe('queue: some words');
	});

	it('refuses everybody else, however it comes, and names their account', async () => {
		for (const event of [scene.invoked('queue pause'), scene.message({ text: 'queue pause' })]) {
			expect(await scene.handle(event)).toBe('refused');
			expect(scene.world.platform.privately.at(-1)?.text).toBe(english.refusal.administratorsOnly('fake:T:ana'));
		}
	});

	it('is a question like any other when it goes on like a sentence', async () => {
		scene.world.models.script(says('It is long.'));
		expect(await scene.handle(scene.message({ text: 'queue at the bakery?' }))).toBe('answered');
	});
});

describe('a command that needs more, where forms are shown in answer to events', () => {
	let asked: unknown[];
	let isShown: boolean;
	beforeEach(() => {
		[asked, isShown] = [[], true];
		scene.people.set('ana', { ...scene.ana, role: 'ccb_admin' });
		scene.forms.set('queue', { text: 'queue', about: '', fields: [], submit: 'Go', cancel: 'Cancel', needed: 'Needed' });
		scene.world.platform.sendForm = async (place, { accountId }, { text }) => {
			asked.push([place, accountId, text]);
			return isShown;
		};
	});

	it('is asked for, however it comes', async () => {
		expect(await scene.handle(scene.invoked('queue'))).toBe('commanded');
		expect(await scene.handle(scene.message({ text: 'Queue!', place: { ...scene.place, threadId: '0500' } }))).toBe('commanded');
		const place = { ...scene.place, threadId: '' };
		expect(asked).toEqual([scene.place, place].map((where) => [where, 'ana', 'queue']));
		expect(scene.world.platform.privately).toEqual([]);
	});

	it('goes its way where it is complete, comes from a menu, or cannot be asked for', async () => {
		await scene.handle(scene.invoked('queue pause'));
		await scene.handle({ ...scene.invoked('queue'), options: { order: 'pause' } });
		expect(asked).toEqual([]);
		isShown = false;
		await scene.handle(scene.invoked('queue'));
		expect(asked).toHaveLength(1);
		expect(scene.world.platform.privately.map(({ text }) => text)).toEqual(['queue: pause', 'queue: pause', 'queue: ']);
	});

	it('is not asked for whoever may not run it, nor who makes the bot talk without end', async () => {
		scene.people.set('ana', scene.ana);
		expect(await scene.handle(scene.invoked('queue'))).toBe('refused');
		scene.people.set('ana', { ...scene.ana, role: 'ccb_admin' });
		scene.limits.isPatient = false;
		await scene.handle(scene.invoked('queue'));
		expect(asked).toEqual([]);
	});
});

describe('a command that is answered like a question', () => {
	const shown = () => scene.world.platform.visible();
	const answers = () => shown().filter(({ replyId }) => replyId !== null);

	it('has its answer below it in the conversation, with the buttons of one, and no model is asked', async () => {
		scene.place = { ...scene.place, kind: 'direct' };
		expect(await scene.handle(scene.message({ text: 'sql stock', addressedBy: 'direct' }))).toBe('answered');
		const [answer] = answers();
		expect(answer).toMatchObject({ text: expect.stringMatching(/^stock of /), buttons: expect.arrayContaining(['sql', 'csv', 'retry']) });
		const row = await scene.world.store.findAnswer(scene.ana, answer?.replyId ?? '');
		expect(row).toMatchObject({ dataQuery: fakeQuery, content: `stock of ${row?.questionId}` });
		expect(scene.world.models.requests).toEqual([]);
		expect(await scene.handle(scene.pressed({ name: 'retry', replyId: answer?.replyId ?? '' }))).toBe('answered');
		expect(scene.world.models.requests).toEqual([]);
		expect(answers().at(-1)?.text).toBe(answer?.text);
	});

	it('from a menu is said first, once, and answered below', async () => {
		scene.place = { ...scene.place, kind: 'direct' };
		const event = { ...scene.invoked('sql stock'), replyHandle: 'handle' };
		expect(await scene.handle(event)).toBe('answered');
		expect(scene.world.platform.privately).toEqual([{ accountId: 'ana', text: english.sql.below }]);
		expect(shown().map(({ text }) => text)).toEqual([`${english.sql.asked}\n\n> ccb sql stock`, expect.stringMatching(/^stock of /)]);
		await scene.handle(event, 2);
		expect(shown()).toHaveLength(2);
	});

	it('that says what it lacks is a command like others', async () => {
		expect(await scene.handle(scene.message({ text: 'sql', addressedBy: 'direct' }))).toBe('commanded');
		expect(scene.world.platform.privately.at(-1)?.text).toBe('which?');
	});
});
