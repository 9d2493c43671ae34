/** The emulated Slack as a stage of the promises. */

import { type SlackEmulator, type SlackEmulatorOptions, startSlackEmulator } from '#test/emulators/slack/index.ts';
import { shownSources } from '#test/emulators/slack/shown-sources.ts';
import type { Channel, VisibleMessage } from '#test/emulators/slack/types.ts';
import { startFanOut } from '../fan-out.ts';
import {
	type Answer,
	type Asking,
	type ButtonName,
	countRefusals,
	heldUp,
	type PlatformStage,
	type Question,
	type Reaction,
	type Room,
	type RoomKind,
	type StageOptions,
	type Step,
	type Talking,
	type Trouble,
	type Troubles,
} from './stage.ts';

/** `chat.startStream`, `markdown_text`: 12,000 characters; the program keeps some of them free. */
const messageCharacters = 12_000;

export interface SlackStageOptions extends StageOptions {
	/** Slack's own limits when not given. */
	limits?: SlackEmulatorOptions['limits'];
}

export interface SlackStage extends PlatformStage {
	readonly name: 'slack';
	readonly slack: SlackEmulator;
}

export async function openSlackStage({ retryDelaysMs, latencyMs = 0, limits }: SlackStageOptions = {}): Promise<SlackStage> {
	const slack = await startSlackEmulator({
		retryDelaysMs: retryDelaysMs ?? [200, 500, 1_000],
		latencyMs,
		...(limits === undefined ? {} : { limits }),
	});
	let fanOut: Awaited<ReturnType<typeof startFanOut>> | null = null;
	return {
		name: 'slack',
		slack,
		environment: { SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret, SLACK_API_URL: slack.apiUrl },
		messageCharacters,
		takesComments: false,
		async attach(addresses) {
			await fanOut?.close();
			const targets = addresses.map((address) => `${address}/slack/events`);
			fanOut = targets.length > 1 ? await startFanOut(targets) : null;
			slack.setEventsUrl(fanOut?.url ?? targets[0] ?? '');
		},
		...createPlaces(slack),
		...createTalk(slack),
		...createView(slack),
		...createHands(slack),
		...createTroubles(slack),
		stopsWithinMs: () => 1_000,
		tellsOfStop: () => true,
		deliverTwice: slack.duplicateDeliveries,
		countCalls: () => slack.calls.length,
		forgetCounters: slack.forgetCounters,
		secrets: () => [],
		async close() {
			await fanOut?.close();
			await slack.close();
		},
	};
}

type Places = Pick<PlatformStage, 'openRoom' | 'openClosedChannel' | 'chatOf' | 'colleagueIn' | 'outsiders' | 'reference' | 'addGroup'>;

function createPlaces(slack: SlackEmulator): Places {
	const { workspace } = slack;
	const addPerson = (more: object = {}) => workspace.addUser({ name: workspace.nextId('person'), locale: 'en-GB', ...more }).id;
	const directOf = (user: string): Room => ({ kind: 'direct', id: workspace.openDirect(user).id, asker: user });
	const channelOf = (user: string, isPrivate = false): Room => {
		const { id } = workspace.addChannel({ name: workspace.nextId('room').toLowerCase(), members: [user], isPrivate });
		return { kind: 'channel', id, asker: user };
	};
	return {
		openRoom: (kind) => (kind === 'direct' ? directOf : channelOf)(addPerson()),
		openClosedChannel: () => channelOf(addPerson(), true),
		chatOf: directOf,
		colleagueIn(room) {
			const colleague = addPerson();
			workspace.channel(room.id)?.members.push(colleague);
			return colleague;
		},
		outsiders: () =>
			(['guest', 'stranger'] as const).flatMap((kind) => {
				const id = addPerson(kind === 'guest' ? { isGuest: true } : { isStranger: true, teamId: 'T0OTHER' });
				const who = kind === 'guest' ? 'a guest' : 'somebody of another company';
				return [directOf(id), channelOf(id)].map((room) => ({ who, id, room }));
			}),
		reference: (user) => `slack:${workspace.user(user)?.teamId}:${user}`,
		async addGroup(userIds) {
			const group = await slack.createUserGroup({ handle: workspace.nextId('group').toLowerCase(), userIds });
			return `slack:${slack.teamId}:${group.id}`;
		},
	};
}

type Talk = Pick<
	PlatformStage,
	'ask' | 'talk' | 'share' | 'alert' | 'edit' | 'callByEdit' | 'linkTo' | 'remove' | 'chatter' | 'hasDelivered'
>;

function createTalk(slack: SlackEmulator): Talk {
	const mention = `<@${slack.botUserId}>`;
	const typed = ({ kind }: Room, text: string) => (kind === 'direct' ? text : `${mention} ${text}`);
	async function say({ room, text, user = room.asker, after, files = [] }: Asking, words: string): Promise<Question> {
		const dropped = files.map(({ mediaType: mimetype, ...file }) => ({ ...file, mimetype }));
		const { ts } = await slack.say({ user, channel: room.id, text: words, threadTs: after?.threadId, files: dropped });
		return { room, user, messageId: ts, text, threadId: after?.threadId ?? ts };
	}
	const edit: Talk['edit'] = ({ room, user, messageId }, text) =>
		slack.edit({ user, channel: room.id, ts: messageId, text: typed(room, text) });
	return {
		ask: (asking) => say(asking, typed(asking.room, asking.text)),
		talk: (talking: Talking) => say(talking, talking.to === undefined ? talking.text : `<@${talking.to}> ${talking.text}`),
		share: (sharing) => say(sharing, sharing.text),
		async alert(title, { room, threadId }) {
			const app = slack.workspace.addApp({ name: 'Alertmanager' });
			await slack.sayAsApp({ app, channel: room.id, threadTs: threadId, attachments: [{ title }] });
		},
		edit,
		callByEdit: edit,
		linkTo: ({ room, messageId, threadId }) =>
			slack.linkTo({ channel: room.id, ts: messageId, threadTs: threadId === messageId ? undefined : threadId }),
		remove: ({ room, user, messageId }) => slack.remove({ user, channel: room.id, ts: messageId }),
		async chatter(question) {
			for (const [index, event] of chatterOf(slack, question, mention).entries()) {
				const body = { type: 'event_callback', team_id: slack.teamId, event_id: `Ev${question.messageId}${index}`, event };
				const { status } = await slack.deliver(JSON.stringify(body));
				if (status !== 200) throw new Error(`not taken: ${JSON.stringify(event)}`);
			}
		},
		hasDelivered() {
			const taken = new Set(slack.deliveries.filter(({ httpStatus }) => httpStatus === 200).map(({ eventId }) => eventId));
			return slack.deliveries.every(({ eventId }) => taken.has(eventId));
		},
	};
}

/** Messages of the bot itself, of other apps and of webhooks, and what Slack writes on its own. */
function chatterOf(slack: SlackEmulator, { room, threadId, user }: Question, mention: string): object[] {
	const place = { channel: room.id, channel_type: room.kind === 'direct' ? 'im' : 'channel', thread_ts: threadId };
	const text = `${mention} who am I?`;
	const message = { type: 'message', ...place, text };
	const authors = [
		{ ...message, user: slack.botUserId, bot_id: slack.botId },
		{ ...message, user, bot_id: 'B0OTHER', app_id: 'A0OTHER' },
		{ ...message, type: 'app_mention', user, bot_id: 'B0OTHER', app_id: 'A0OTHER' },
		{ ...message, subtype: 'bot_message', bot_id: 'B0HOOK', username: 'webhook' },
		{ ...message, subtype: 'channel_join', user },
	];
	return authors.map((event) => ({ ...event, ts: slack.workspace.nextTs() }));
}

type View = Pick<PlatformStage, 'answers' | 'sources' | 'privateWords' | 'notified' | 'isBusy' | 'hasSign'>;

function createView(slack: SlackEmulator): View {
	const ofBot = (message: VisibleMessage) => message.botId === slack.botId && !message.deleted;
	const hasStatus = ({ room, threadId }: Question) => slack.status(room.id, threadId) !== '';
	return {
		answers: ({ room, threadId, messageId }) =>
			slack
				.messages(room.id, { threadTs: threadId })
				.filter((message) => ofBot(message) && message.ts > messageId)
				.map((message) => toAnswer(room, message)),
		sources: ({ room, messageId }) => shownSources(slack.message(room.id, messageId)),
		privateWords(room, user) {
			const inDirect = slack.messages(slack.workspace.openDirect(user).id).filter(ofBot);
			return [...slack.ephemerals(room.id, user).map(({ text }) => text), ...inDirect.map(({ visibleText }) => visibleText)];
		},
		notified({ room, messageId }) {
			const message = slack.message(room.id, messageId);
			const sent = [message?.text, JSON.stringify(message?.blocks), ...(message?.history ?? []).map(({ visibleText }) => visibleText)].join(
				'\n',
			);
			// In code these words call nobody, but entities do.
			const plain = sent.replaceAll(/```.*?```/gs, '');
			return [
				...(sent.match(/<!(?:channel|here|everyone|subteam)|<@[UW]\w+/g) ?? []),
				...(plain.match(/@(?:channel|here|everyone)\b/g) ?? []),
			];
		},
		isBusy: hasStatus,
		hasSign: hasStatus,
	};
}

function toAnswer(room: Room, message: VisibleMessage): Answer {
	const buttons = message.buttons.map(({ value }) => value.split(':')[0] as ButtonName);
	return {
		room,
		messageId: message.ts,
		text: message.visibleText,
		history: message.history.map(({ atMs, visibleText }) => ({ atMs, text: visibleText })),
		isOpen: message.streaming === 'in_progress' || buttons.includes('stop'),
		buttons,
	};
}

function createHands(slack: SlackEmulator): Pick<PlatformStage, 'command' | 'press' | 'pressOffer' | 'showPassage' | 'stop'> {
	const press = async ({ room, messageId }: Answer, name: ButtonName, user: string): Promise<Reaction> => {
		const button = slack.message(room.id, messageId)?.buttons.find(({ value }) => value.startsWith(`${name}:`));
		if (button === undefined) throw new TypeError(`no button ${name}`);
		const { actionId, value } = button;
		const { failure, responses } = await slack.press({ user, channel: room.id, ts: messageId, actionId, value });
		return { failure, told: () => responses.map(({ text }) => text) };
	};
	return {
		async command({ room, user, text }) {
			const { failure, responses } = await slack.slash({ user, channel: room.id, command: '/ccb', text });
			return { failure, told: () => responses.map((response) => response.text) };
		},
		press,
		async pressOffer({ id: channel }, user) {
			const offer = slack.ephemerals(channel, user).findLast(({ blocks }) => JSON.stringify(blocks).includes('openccb_privately'));
			if (offer !== undefined) return void (await slack.press({ user, channel, ts: offer.ts, actionId: 'openccb_privately' }));
			const isConfirmation = ({ actionId }: { actionId: string }) => actionId === 'openccb_confirm';
			const asked = slack.messages(channel).findLast(({ buttons }) => buttons.some(isConfirmation));
			if (asked === undefined) throw new TypeError('nothing was offered');
			await slack.press({ user, channel, ts: asked.ts, actionId: 'openccb_confirm' });
		},
		async showPassage({ room, messageId }, position, user) {
			const wanted = `passage:${position}:`;
			const button = slack.message(room.id, messageId)?.buttons.find(({ value }) => value.startsWith(wanted));
			if (button === undefined) throw new TypeError(`no passage ${position}`);
			const { actionId, value } = button;
			const before = slack.ephemerals(room.id, user).length;
			const { failure } = await slack.press({ user, channel: room.id, ts: messageId, actionId, value });
			const told = () => slack.ephemerals(room.id, user).slice(before);
			return { failure, told: () => told().map(({ text }) => text) };
		},
		async stop({ room, threadId }, user) {
			await slack.stopStreaming({ user, channel: room.id, threadTs: threadId });
		},
	};
}

const methods: Readonly<Record<Step, string>> = { first: 'chat.startStream', update: 'chat.appendStream', last: 'chat.stopStream' };
const kinds = { lost: 'stored-then-502', 'lost-silently': 'stored-then-hang' } as const;

function createTroubles(slack: SlackEmulator): Troubles {
	const refusals = countRefusals(() => slack.calls.map(({ httpStatus }) => httpStatus));
	const change = (id: string, change: Partial<Channel>) => void Object.assign(slack.workspace.channel(id) ?? {}, change);
	return {
		fail(_kind: RoomKind, step: Step, trouble: Trouble) {
			if (trouble === '429') refusals.expect();
			slack.fail({ method: methods[step], kind: trouble in kinds ? kinds[trouble as keyof typeof kinds] : (trouble as '429') });
		},
		holdProfiles() {
			for (const method of ['users.info', 'users.list']) slack.fail({ method, kind: 'hang', times: 50 });
		},
		heldUpCalls: () => heldUp(slack.calls),
		clearFaults: slack.clearFaults,
		refusedCalls: refusals.count,
		forbidPosts: ({ id }) => change(id, { postingRefusal: 'restricted_action_read_only_channel' }),
		takeAccess: ({ id }) => change(id, { botIsMember: false }),
		block() {
			throw new TypeError('nobody can block an app of the workspace');
		},
		takeAway: ({ room, messageId }) => slack.removeMessage({ channel: room.id, ts: messageId }),
		setUnavailable: (on) => (on ? slack.fail({ method: '*', kind: '503', times: Number.POSITIVE_INFINITY }) : slack.clearFaults()),
		unavailableCalls: () => slack.calls.filter(({ httpStatus }) => httpStatus === 503).length,
	};
}
