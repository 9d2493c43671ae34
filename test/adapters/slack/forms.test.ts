/** Forms in Slack: opened in answer to a command, checked when they come back, and taken in as if they had been typed. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const { administration } = english;

describe.each([false, true])('a form in Slack, over Socket Mode: %s', (socketMode) => {
	let world: SlackWorld;
	beforeEach(async () => {
		world = await openSlackWorld({ socketMode });
		await expect.poll(() => world.platform.health()).toEqual({ state: 'up' });
	});
	afterEach(() => world.close());

	const type = (text: string) => world.slack.slash({ user: world.tom, channel: world.general, command: '/ccb', text });
	/** @returns the id of the modal that the command opened. */
	async function open(text: string): Promise<string> {
		expect(await type(text)).toEqual({ responses: [] });
		expect(world.events).toEqual([]);
		return String(world.slack.modals(world.tom).at(-1)?.['id']);
	}
	const submit = (view: string, inputs: Record<string, string>) => world.slack.submit({ user: world.tom, view, inputs });

	it('asks for what a command needs, and is taken in as if that had been typed in the same place', async () => {
		const view = await open('admin grant');
		expect(world.slack.view(view)).toMatchObject({
			title: { text: 'admin grant' },
			blocks: [{ text: { text: administration.usage.grant } }, {}, {}],
		});
		expect(await submit(view, { person: ' Ana\nPérez', role: 'employee' })).toEqual({});
		expect(world.events).toMatchObject([
			{
				type: 'command-invoked',
				text: 'admin grant Ana Pérez employee',
				place: { platform: 'slack', channelId: world.general, threadId: '' },
				actor: { tenantId: world.slack.teamId, accountId: world.tom },
				replyHandle: expect.stringContaining('/response/'),
				form: { askedOf: world.tom, askedAt: expect.stringMatching(/^20\d\d-/) },
			},
		]);
		expect(world.slack.modals(world.tom)).toEqual([]);
	});

	it('asks for the code of a link where none is given', async () => {
		const view = await open('link');
		expect(await submit(view, { code: 'nonsense' })).toEqual({ errors: { code: english.link.notACode } });
		expect(await submit(view, { code: 'K7QF-2M9X' })).toEqual({});
		expect(world.events).toMatchObject([{ text: 'link K7QF-2M9X', place: { channelId: world.general } }]);
	});

	it('says which field is wrong and stays open, and nothing is taken in', async () => {
		const view = await open('admin limit');
		const wrong = await submit(view, { target: 'employee', limit: 'requests-per-minute', value: 'many' });
		expect(wrong).toEqual({ errors: { value: administration.limitValues } });
		expect(world.events).toEqual([]);
		expect(await submit(view, { target: 'employee', limit: 'requests-per-minute', value: '10' })).toEqual({});
		expect(world.events).toMatchObject([{ text: 'admin limit employee requests-per-minute 10' }]);
	});

	it('is not acknowledged while nothing can be stored, and can be sent again', async () => {
		const view = await open('audit');
		const inputs = { who: 'Ana', why: 'a complaint of May' };
		world.sinkFails(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
		expect(await submit(view, inputs)).toMatchObject({ failure: expect.any(String) });
		world.sinkFails(null);
		expect(await submit(view, inputs)).toEqual({});
		expect(world.events).toMatchObject([{ text: 'audit', options: inputs }]);
	});

	it('speaks the language of whoever types, also of somebody who is new, and that of the installation where Slack does not tell', async () => {
		const { slack, lucia, general } = world;
		const nuria = slack.workspace.addUser({ name: 'nuria', realName: 'Nuria Sanz', locale: 'es-MX' }).id;
		slack.workspace.channel(general)?.members.push(nuria);
		const openedFor = async (user: string) => {
			await slack.slash({ user, channel: general, command: '/ccb', text: 'admin map' });
			return slack.modals(user).at(-1);
		};
		for (const user of [lucia, nuria]) {
			const view = await openedFor(user);
			expect(view).toMatchObject({ submit: { text: spanish.command.form.submit } });
			const inputs = { group: 'nada', role: 'employee' };
			const told = { group: spanish.administration.misread(spanish.administration.usage.map) };
			expect(await slack.submit({ user, view: String(view?.['id']), inputs })).toEqual({ errors: told });
		}
		const pablo = slack.workspace.addUser({ name: 'pablo', realName: 'Pablo Gil', locale: 'es-ES' }).id;
		slack.workspace.channel(general)?.members.push(pablo);
		slack.fail({ method: 'users.info', kind: 'error', error: 'internal_error' });
		expect(await openedFor(pablo)).toMatchObject({ submit: { text: english.command.form.submit } });
	});

	it('does not open where nothing is missing, nor where Slack does not take it: then the command goes its way', async () => {
		await type('status');
		world.slack.fail({ method: 'views.open', kind: 'error', error: 'internal_error' });
		await type('admin role create');
		expect(world.events).toMatchObject([{ text: 'status' }, { text: 'admin role create' }]);
		expect(world.failed).toHaveLength(1);
		expect(world.slack.modals(world.tom)).toEqual([]);
	});
});
