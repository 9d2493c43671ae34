/** Forms in Teams: a card that one person sees, checked when it comes back, and taken in as if its command had been typed. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandForms } from '#src/commands/forms.ts';
import { BotError } from '#src/errors.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import type { Place } from '#src/platform/place.ts';
import { openTeamsWorld, type TeamsWorld } from './teams-world.ts';

const { administration, command } = english;
const signal = new AbortController().signal;

describe('a form in Teams', () => {
	let world: TeamsWorld;
	beforeEach(async () => {
		world = await openTeamsWorld();
	});
	afterEach(() => world.close());

	/** Asks Tom, or Lucía. @returns whether he is asked, and the message that he sees from now on. */
	async function ask(kind: Place['kind'], text: string, user = world.tom, words = english) {
		const form = commandForms.formFor(text, { words, kind });
		if (form === null) throw new TypeError(`no form for ${text}`);
		const isAsked = await world.platform.sendForm?.(world.placeOf(kind), world.actor(user), form, signal);
		return { isAsked, message: shown(world.conversations[kind]).at(-1) };
	}
	const shown = (conversation: string) => world.teams.messages(conversation).filter(({ from }) => from === 'bot');
	const send = (kind: Place['kind'], id: string | undefined, inputs: Record<string, string>, user = world.tom) =>
		world.teams.pressCard({ user: user.id, conversation: world.conversations[kind], id: id ?? '', title: command.form.submit, inputs });

	it.each(['direct', 'group', 'channel'] as const)(
		'asks one person in a %s, and is taken in as if it had been typed there',
		async (kind) => {
			const { isAsked, message } = await ask(kind, 'admin grant');
			expect(isAsked).toBe(true);
			expect(message?.visibleTo).toBe(kind === 'direct' ? undefined : world.tom.id);
			const { person, role } = administration.fields;
			expect(message?.visibleText).toBe(
				['admin grant', administration.usage.grant, person.label, person.hint, role.label, role.hint].join('\n'),
			);
			const result = await send(kind, message?.id, { person: ' Ana\nPérez', role: 'employee' });
			expect(result).toMatchObject({ status: 200, shown: '✓ admin grant' });
			expect(world.events).toMatchObject([
				{
					type: 'command-invoked',
					text: 'admin grant Ana Pérez employee',
					place: world.placeOf(kind),
					actor: world.actor(world.tom),
					locale: 'en-GB',
					form: { askedOf: world.actor(world.tom).accountId, askedAt: expect.stringMatching(/^20\d\d-/) },
				},
			]);
		},
	);

	it('says which field is wrong, keeps what was entered, and takes nothing in', async () => {
		const { message } = await ask('group', 'admin limit');
		const inputs = { target: 'employee', limit: 'requests-per-minute', value: 'many' };
		const { body, shown: told } = await send('group', message?.id, inputs);
		expect(told).toContain(administration.limitValues);
		expect(JSON.stringify(body)).toContain('"value":"many"');
		expect(world.events).toEqual([]);
		await send('group', message?.id, { ...inputs, value: '10' });
		expect(world.events).toMatchObject([{ text: 'admin limit employee requests-per-minute 10' }]);
	});

	it('cannot be sent without what it needs, nor with what it does not offer', async () => {
		const { message } = await ask('direct', 'admin limit');
		for (const limit of ['', 'something else']) {
			await expect(send('direct', message?.id, { target: 'employee', limit, value: '1' })).rejects.toThrow(TypeError);
		}
		expect(world.events).toEqual([]);
	});

	it('speaks the language of whoever fills it in', async () => {
		const { message } = await ask('group', 'administrar map', world.lucia, spanish);
		const press = {
			user: world.lucia.id,
			conversation: world.conversations.group,
			id: message?.id ?? '',
			title: spanish.command.form.submit,
		};
		const { shown: told } = await world.teams.pressCard({ ...press, inputs: { group: 'nada', role: 'employee' } });
		expect(told).toContain(spanish.administration.misread(spanish.administration.usage.map));
	});

	it('asks for the code of a link, in the chat of two as well, and says there too what is wrong', async () => {
		for (const [kind, text] of [
			['group', 'link'],
			['direct', 'link code'],
		] as const) {
			const { message } = await ask(kind, text);
			expect(await send(kind, message?.id, { code: 'nonsense' })).toMatchObject({ shown: expect.stringContaining(english.link.notACode) });
			await send(kind, message?.id, { code: 'K7QF-2M9X' });
		}
		expect(world.events.map((event) => 'text' in event && event.text)).toEqual(['link K7QF-2M9X', 'link K7QF-2M9X']);
		// Asked for in a group, and sent from the chat of two, where “link” alone asks for nothing.
		const value = { openccb_form: { text: 'link', threadId: '' }, code: 'nonsense' };
		const invoke = { ...submitted({ action: { type: 'Action.Execute', data: value } }), type: 'invoke', name: 'adaptiveCard/action' };
		expect((await world.teams.deliver(invoke)).body).toContain(english.link.notACode);
	});

	it('is not acknowledged while nothing can be stored, and can be sent again', async () => {
		const { message } = await ask('direct', 'audit');
		const inputs = { who: 'Ana', why: 'a complaint of May' };
		world.sinkFails(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
		expect(await send('direct', message?.id, inputs)).toMatchObject({ status: 503, failure: expect.any(String) });
		world.sinkFails(null);
		expect(await send('direct', message?.id, inputs)).toMatchObject({ shown: '✓ audit' });
		expect(world.events).toMatchObject([{ text: 'audit', options: inputs }]);
	});

	it('goes into the chat of two where nothing can be said to one person, and nowhere where there is none', async () => {
		const refusal = { operation: 'post', kind: 'error', error: { status: 400, code: 'BadArgument', message: 'not here' } } as const;
		world.teams.fail(refusal);
		expect((await ask('group', 'admin grant')).isAsked).toBe(true);
		expect(shown(world.conversations.group)).toEqual([]);
		expect(shown(world.conversations.direct)).toHaveLength(1);
		world.tom.hasApp = false;
		world.teams.fail(refusal);
		expect((await ask('group', 'admin grant')).isAsked).toBe(false);
	});

	/** As a client sends it that knows only `Action.Submit`. */
	const submitted = (value: object) => ({
		...world.teams.compose({ user: world.tom.id, conversation: world.conversations.direct, text: '' }),
		text: undefined,
		attachments: [],
		value,
	});

	it('of an old client comes as a message; where something is wrong, the command is asked for again', async () => {
		const form = { text: 'admin map', threadId: '' };
		await world.teams.deliver(submitted({ openccb_form: form, group: 'teams:T:G', role: 'employee' }));
		await world.teams.deliver(submitted({ openccb_form: form, group: 'nonsense', role: 'employee' }));
		expect(world.events).toMatchObject([{ text: 'admin map teams:T:G employee' }, { text: 'admin map' }]);
	});

	it.each([null, 7, 'x', [], {}, { text: null }, { text: ' ' }, { text: 7, threadId: {} }])('that is %j is none', async (form) => {
		await world.teams.deliver(submitted({ openccb_form: form, person: 'Ana' }));
		expect([world.events, world.failed]).toEqual([[], []]);
	});
});
