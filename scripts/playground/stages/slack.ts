/** The emulated Slack as a stage of the playground. */

import { accountReference } from '#src/identity/account.ts';
import { type SlackEmulator, startSlackEmulator } from '#test/emulators/slack/index.ts';
import { takeFilesCallback } from '../../../adapters/slack/shortcuts.ts';
import { createRoster, type Roster } from '../roster.ts';
import { summariseCalls } from './calls.ts';
import { createSlackLook } from './slack/look.ts';
import { createSlackApps } from './slack/other-apps.ts';
import { seedSlack } from './slack/seed.ts';
import { traceInSlack } from './slack/trace.ts';
import { typedForSlack } from './slack/typed-text.ts';
import type { Said, Saying, Stage, StageOptions } from './stage.ts';

/** Starts an emulated Slack with the company in it. */
export async function startSlackStage({ clock, latencyMs, botUrl }: StageOptions): Promise<Stage> {
	const slack = await startSlackEmulator({ latencyMs, now: clock.now });
	const { people, ids, topics } = await seedSlack(slack, clock);
	slack.setEventsUrl(`${botUrl}/slack/events`);
	const roster = createRoster(people, ids);
	return {
		platform: 'slack',
		botEnvironment: {
			SLACK_BOT_TOKEN: slack.botToken,
			SLACK_SIGNING_SECRET: slack.signingSecret,
			SLACK_APP_TOKEN: '',
			SLACK_API_URL: slack.apiUrl,
		},
		accountOf: (personId) => accountReference({ platform: 'slack', tenantId: slack.teamId, accountId: roster.idOf(personId) }),
		look: createSlackLook(slack, roster, topics),
		calls: () =>
			summariseCalls('slack', slack.calls, ({ method, httpStatus, error }) => ({
				method,
				status: httpStatus ?? 0,
				error: error ?? null,
			})),
		trace: (question, untilMs) => traceInSlack(slack, { ...question, personId: roster.idOf(question.personId) }, untilMs),
		...createActions(slack, roster),
		...createSlackApps(slack, roster),
		refuseNextCall: () => slack.fail({ method: '*', kind: '429', times: 1, retryAfterSeconds: 1 }),
		onChange: (listener) => void slack.onChange(listener),
		close: slack.close,
	};
}

type Actions = Pick<Stage, 'say' | 'edit' | 'remove' | 'press' | 'offerFiles' | 'command' | 'stop' | 'open'>;

function createActions(slack: SlackEmulator, roster: Roster): Actions {
	const where = ({ personId, placeId }: { personId: string; placeId: string }) => ({ user: roster.idOf(personId), channel: placeId });
	return {
		say: (saying) => say(slack, roster, saying),
		edit: ({ messageId, text, ...place }) => slack.edit({ ...where(place), ts: messageId, text: typedForSlack(roster, text) }),
		remove: ({ messageId, ...place }) => slack.remove({ ...where(place), ts: messageId }),
		press: ({ messageId, buttonId, value, ...place }) => slack.press({ ...where(place), ts: messageId, actionId: buttonId, value }),
		offerFiles: ({ messageId, ...place }) => slack.shortcut({ ...where(place), ts: messageId, callbackId: takeFilesCallback }),
		async command({ text, ...place }) {
			const [, command = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
			const { user } = where(place);
			const before = slack.modals(user).length;
			const { failure } = await slack.slash({ ...where(place), command, text: typedForSlack(roster, rest.trim()) });
			return { ...(failure === undefined ? {} : { failure }), opensForm: slack.modals(user).length > before };
		},
		stop: ({ threadId, ...place }) => slack.stopStreaming({ ...where(place), threadTs: threadId ?? '' }),
		async open({ personId, placeId }) {
			if (slack.workspace.channel(placeId)?.kind === 'im') await slack.openMessagesTab(roster.idOf(personId));
		},
	};
}

async function say(slack: SlackEmulator, roster: Roster, { personId, placeId, text, threadId, file, forwards }: Saying): Promise<Said> {
	const typed = typedForSlack(roster, text);
	const message = {
		user: roster.idOf(personId),
		channel: placeId,
		text: typed,
		threadTs: threadId,
		...(file === undefined ? {} : { files: [file] }),
	};
	const of = forwards && { channel: forwards.placeId, ts: forwards.messageId };
	const { ts } = await (of === undefined ? slack.say(message) : slack.forward({ ...message, of }));
	const isForBot = typed.includes(`<@${slack.botUserId}>`) || slack.workspace.channel(placeId)?.kind === 'im';
	return { messageId: ts, atMs: Number(ts) * 1000, threadId: threadId ?? ts, isForBot };
}
