/** What the page can ask for: one entry per action, with the shape of its request. */

import { z } from 'zod';
import type { SlackEmulator } from '#test/emulators/slack/index.ts';
import type { BotProcess } from './bot-process.ts';
import type { LagBook } from './lags.ts';
import type { ModelSource } from './model-source.ts';

export interface ActionSources {
	slack: SlackEmulator;
	bot: Pick<BotProcess, 'pullPlug'>;
	model: Pick<ModelSource, 'turn'>;
	lags: LagBook;
	/** To be called when something visible changed that the emulator does not tell about. */
	touch: () => void;
}

/** Carries out one action. `status` is 404 for an unknown one, 400 for what Slack would not have allowed either. */
export type Actions = (name: string, body: unknown) => Promise<{ status: number; answer: Record<string, unknown> }>;

type Action = (body: unknown) => Promise<Record<string, unknown>>;

const id = z.string().min(1).max(40);
/** Slack takes 40,000 characters at most ("chat.postMessage"). */
const text = z.string().min(1).max(40_000);
const where = { user: id, channel: id };

export function createActions(sources: ActionSources): Actions {
	const actions = new Map<string, Action>(Object.entries({ ...workspaceActions(sources), ...troubleActions(sources) }));
	return async (name, body) => {
		const action = actions.get(name);
		if (action === undefined) return { status: 404, answer: {} };
		try {
			return { status: 200, answer: await action(body) };
		} catch (error) {
			// The emulator throws TypeError for what could not be done in Slack: no such person, channel, message or button.
			if (error instanceof TypeError || error instanceof z.ZodError) return { status: 400, answer: { error: error.message } };
			throw error;
		}
	};
}

function workspaceActions({ slack, lags }: ActionSources): Record<string, Action> {
	return {
		say: action(z.object({ ...where, text, threadTs: id.optional() }), async ({ threadTs, ...saying }) => {
			const { ts } = await slack.say({ ...saying, ...(threadTs === undefined ? {} : { threadTs }) });
			const question = { channelId: saying.channel, ts, threadTs: threadTs ?? null, askerId: saying.user };
			if (isForBot(slack, saying.channel, saying.text)) lags.asked(question);
			return { ts };
		}),
		edit: action(z.object({ ...where, ts: id, text }), (edit) => slack.edit(edit)),
		remove: action(z.object({ ...where, ts: id }), (removal) => slack.remove(removal)),
		press: action(z.object({ ...where, ts: id, actionId: id, value: z.string() }), (press) => slack.press(press)),
		slash: action(z.object({ ...where, command: id, text: z.string().max(2_000) }), (command) => slack.slash(command)),
		stop: action(z.object({ ...where, threadTs: id }), (stop) => slack.stopStreaming(stop)),
		'open-messages-tab': action(z.object({ user: id }), ({ user }) => slack.openMessagesTab(user)),
	};
}

function troubleActions({ slack, bot, model, touch }: ActionSources): Record<string, Action> {
	return {
		'pull-plug': action(z.object({}), () => bot.pullPlug()),
		'refuse-next-call': action(z.object({}), async () => slack.fail({ method: '*', kind: '429', times: 1, retryAfterSeconds: 1 })),
		'switch-model': action(z.object({ isOn: z.boolean() }), async ({ isOn }) => {
			await model.turn(isOn);
			touch();
		}),
	};
}

/** An action whose body was checked; answers what `run` gives where that is an object, else nothing. */
function action<Body>(schema: z.ZodType<Body>, run: (body: Body) => Promise<unknown>): Action {
	return async (body) => {
		const answer = await run(schema.parse(body));
		return typeof answer === 'object' && answer !== null ? { ...answer } : {};
	};
}

function isForBot(slack: SlackEmulator, channelId: string, words: string): boolean {
	return words.includes(`<@${slack.botUserId}>`) || slack.workspace.channel(channelId)?.kind === 'im';
}
