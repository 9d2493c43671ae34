/** What one person sees of the emulated workspace, and what the bot did: the state of the page as plain data. */

import type { Channel as SlackChannel, SlackEmulator } from '#test/emulators/slack/index.ts';
import type { BotProcess } from './bot-process.ts';
import type { LagBook } from './lags.ts';
import { toMessage, toPrivateMessage } from './message-parts.ts';
import type { ModelSource } from './model-source.ts';
import type { About, Activity, Call, Channel, Message, Prompt, View } from './wire.ts';
import { type Company, workspaceName } from './workspace-seed.ts';

export interface ViewSources {
	slack: SlackEmulator;
	company: Company;
	bot: Pick<BotProcess, 'state'>;
	model: Pick<ModelSource, 'state'>;
	lags: LagBook;
}

/** As many calls as the page shows. */
const shownCalls = 60;

/** Creates the function that looks at the workspace as one person. */
export function createViewer(sources: ViewSources): (personId: string) => View {
	const { slack, company } = sources;
	const arrivals = keepArrivals(slack);
	return (personId) => {
		const places = slack.workspace.channels().filter(({ members }) => members.includes(personId));
		const channels = places.map((place) => toChannel(sources, place, personId));
		const messages = places.flatMap((place) => messagesIn(sources, arrivals, place, personId));
		const known = new Set(channels.map(({ id }) => id));
		return {
			about: { all: aboutFor(sources, personId) },
			people: byKey(company.people, ({ id }) => id),
			channels: byKey(channels, ({ id }) => id),
			messages: byKey(messages, ({ id }) => id),
			activities: byKey(activitiesIn(slack, messages), ({ channelId, threadTs }) => `${channelId}/${threadTs}`),
			prompts: Object.fromEntries(
				channels.map(({ id }): [string, Prompt[]] => [id, slack.suggestedPrompts(id)]).filter(([, list]) => list.length > 0),
			),
			calls: byKey(callsOf(slack), ({ order }) => String(order)),
			replies: byKey(
				sources.lags.read().filter(({ channelId }) => known.has(channelId)),
				({ channelId, askedTs }) => `${channelId}/${askedTs}`,
			),
		};
	};
}

function aboutFor({ slack, bot, model }: ViewSources, meId: string): About {
	return {
		workspaceName,
		meId,
		botId: slack.botUserId,
		bot: bot.state(),
		model: model.state(),
		callCount: slack.calls.length,
		rateLimitedCount: slack.calls.filter(({ httpStatus }) => httpStatus === 429).length,
	};
}

function toChannel({ slack, company }: ViewSources, place: SlackChannel, personId: string): Channel {
	const isDirect = place.kind === 'im' || place.kind === 'mpim';
	const other = place.members.find((member) => member !== personId) ?? slack.botUserId;
	return {
		id: place.id,
		name: isDirect ? '' : place.name,
		kind: isDirect ? 'direct' : place.isPrivate ? 'private' : 'public',
		otherId: isDirect ? other : null,
		topic: company.topics.get(place.id) ?? '',
	};
}

function messagesIn({ slack }: ViewSources, arrivals: Arrivals, place: SlackChannel, personId: string): Message[] {
	const visible = slack.messages(place.id).filter(({ deleted }) => !deleted);
	const privately = slack.ephemerals(place.id, personId).map((ephemeral, index) => {
		const ts = arrivals.of(place.id, personId, index);
		return toPrivateMessage(ephemeral, { id: `private/${place.id}/${index}`, channelId: place.id, ts, authorId: slack.botUserId });
	});
	return [...visible.map(toMessage), ...privately];
}

function activitiesIn(slack: SlackEmulator, messages: readonly Message[]): Activity[] {
	return messages
		.filter(({ threadTs, isPrivate }) => threadTs === null && !isPrivate)
		.map(({ channelId, ts }) => ({ channelId, threadTs: ts, text: slack.status(channelId, ts) }))
		.filter(({ text }) => text !== '');
}

function callsOf(slack: SlackEmulator): Call[] {
	const first = Math.max(0, slack.calls.length - shownCalls);
	return slack.calls.slice(first).map((call, index) => ({
		order: first + index,
		method: call.method,
		status: call.httpStatus ?? 0,
		error: call.error ?? null,
		tookMs: call.answeredAtMs === null ? null : call.answeredAtMs - call.atMs,
		atMs: call.atMs,
	}));
}

interface Arrivals {
	/** When the so-maniest private message came, as a timestamp that sorts among the messages. */
	of(channelId: string, personId: string, index: number): string;
}

/** Private messages have no time of their own in Slack's API, so their arrival is noted. */
function keepArrivals(slack: SlackEmulator): Arrivals {
	const noted = new Map<string, string>();
	const of = (channelId: string, personId: string, index: number) => {
		const key = `${channelId}/${personId}/${index}`;
		const ts = noted.get(key) ?? ((performance.timeOrigin + performance.now()) / 1000).toFixed(6);
		noted.set(key, ts);
		return ts;
	};
	slack.onChange(({ type, channel }) => {
		if (type !== 'ephemeral') return;
		for (const member of slack.workspace.channel(channel)?.members ?? []) {
			for (const index of slack.ephemerals(channel, member).keys()) of(channel, member, index);
		}
	});
	return { of };
}

function byKey<T>(entries: readonly T[], keyOf: (entry: T) => string): Record<string, T> {
	return Object.fromEntries(entries.map((entry) => [keyOf(entry), entry]));
}
