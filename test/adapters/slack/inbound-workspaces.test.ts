/** Whose workspace somebody is from, by all that Slack tells of them in an event. */

import { describe, expect, it } from 'vitest';
import type { PersonalEvent } from '#src/platform/chat-event.ts';
import { readAction, readCommand, readEvent } from '../../../adapters/slack/inbound.ts';

const identity = { teamId: 'T1', botUserId: 'UBOT', botId: 'BBOT' };
const message = { type: 'message', channel: 'C1', channel_type: 'channel', user: 'U1', ts: '1700000000.000100', text: 'hi' };
const mention = { ...message, text: '<@UBOT> hi' };
const read = (event: unknown, more = {}) => readEvent({ type: 'event_callback', event_id: 'Ev1', event, ...more }, identity);

describe('the workspace of whoever did it', () => {
	const changed = { type: 'message', subtype: 'message_changed', channel: 'C1', channel_type: 'channel', event_ts: '9.1' };
	const opened = { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages', event_ts: '3.3' };
	const stopped = { type: 'agent_session_stopped', channel: 'C1', user: 'U1', thread_ts: '1.1', event_ts: '3.3' };
	const pressed = {
		type: 'block_actions',
		user: { id: 'U1' },
		channel: { id: 'C1' },
		message: { ts: '5.5' },
		actions: [{ action_id: 'openccb_retry', value: 'retry:r1', action_ts: '6.6' }],
	};
	const command = { command: '/ccb', channel_id: 'C1', user_id: 'U1', trigger_id: '7.7' };
	const tenantOf = (event: PersonalEvent | null) =>
		event === null ? null : 'author' in event ? event.author.tenantId : event.actor.tenantId;

	it.each([
		['nobody says otherwise', read(mention)],
		['all say so', read({ ...mention, user_team: 'T1', team: 'T1', source_team: 'T1' }, { team_id: 'T1', context_team_id: 'T1' })],
		['another company made the channel', read({ ...mention, team: 'T1' }, { team_id: 'T2', context_team_id: 'T1' })],
		['it is a press', readAction({ ...pressed, user: { id: 'U1', team_id: 'T1' }, team: { id: 'T1' } }, identity)],
		['it is a command', readCommand({ ...command, team_id: 'T1' }, identity)],
	])('is ours when %s', (_name, event) => {
		expect(tenantOf(event)).toBe('T1');
	});

	it.each([
		['the person is of another one', read({ ...mention, user_team: 'T2', team: 'T1' })],
		['the message is of another one', read({ ...mention, user_team: 'T1', team: 'T2' })],
		['its source is another one', read({ ...mention, user_team: 'T1', source_team: 'T2' })],
		['it was meant for another one', read({ ...mention, user_team: 'T1' }, { context_team_id: 'T2' })],
		['an edit is of another one', read({ ...changed, message: { ...message, text: 'new', user_team: 'T2' }, previous_message: message })],
		[
			'a deletion is of another one',
			read({ ...changed, subtype: 'message_deleted', deleted_ts: '1.1', previous_message: { ...message, team: 'T2' } }),
		],
		['a visitor is of another one', read({ ...opened, user_team: 'T2' })],
		['whoever stops is of another one', read(stopped, { context_team_id: 'T2' })],
		['whoever presses is of another one', readAction({ ...pressed, user: { id: 'U1', team_id: 'T2' }, team: { id: 'T1' } }, identity)],
		['the press is in another one', readAction({ ...pressed, user: { id: 'U1', team_id: 'T1' }, team: { id: 'T2' } }, identity)],
		['the command is of another one', readCommand({ ...command, team_id: 'T2' }, identity)],
	])('is the other one as soon as %s', (_name, event) => {
		expect(tenantOf(event)).toBe('T2');
	});

	it('is ours where our company has it, and not where anything else is told as well', () => {
		const grid = { ...identity, enterpriseId: 'E1', sisterTeams: new Set(['T2']) };
		const met = (event: object, more = {}) => tenantOf(readEvent({ event: { ...mention, ...event }, ...more }, grid));
		expect(met({ user_team: 'T2', team: 'T2' })).toBe('T1');
		expect(met({ user_team: 'E1', source_team: 'T1' }, { context_team_id: 'T1' })).toBe('T1');
		expect(met({ user_team: 'T2', team: 'T9' })).toBe('T9');
		expect(met({ user_team: 'T2', source_team: ['T2'] })).toBe('unknown');
		expect(met({ user_team: 'E9' })).toBe('E9');
		expect(tenantOf(read({ ...mention, user_team: 'E1' }))).toBe('E1');
	});

	it.each([
		['empty', ''],
		['a number', 7],
		['an object', {}],
		['a list', ['T1']],
		['with a blank', 'T1 '],
		['with a quote', "T1'; drop"],
	])('is not ours when it makes no sense: %s', (_name, team) => {
		for (const event of [
			read({ ...mention, user_team: team }),
			read({ ...mention, user_team: 'T1' }, { context_team_id: team }),
			readAction({ ...pressed, user: { id: 'U1', team_id: team } }, identity),
			readCommand({ ...command, team_id: team }, identity),
		])
			expect(tenantOf(event)).toBe('unknown');
	});
});
