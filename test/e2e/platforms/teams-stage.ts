/** The emulated Teams as a stage of the promises. */

import { startTeamsEmulator, type TeamsEmulator, type TeamsEmulatorOptions, type VisibleMessage } from '#test/emulators/teams/index.ts';
import type { Saying } from '#test/emulators/teams/saying.ts';
import { shownSources } from '#test/emulators/teams/shown-sources.ts';
import type { Conversation, Json } from '#test/emulators/teams/types.ts';
import { type FanOut, startFanOut } from '../fan-out.ts';
import {
	type Answer,
	type Asking,
	type ButtonName,
	countRefusals,
	heldUp,
	type PlatformStage,
	type Question,
	type Room,
	type RoomKind,
	type StageOptions,
	type Step,
	type Talking,
	type Trouble,
	type Troubles,
} from './stage.ts';

/** What the program puts into one message: "Format your bot messages" allows about 100 KB in UTF-16 for everything in it. */
const messageCharacters = 20_000;

export interface TeamsStageOptions extends StageOptions {
	putOnOpenStream?: TeamsEmulatorOptions['putOnOpenStream'];
	/** Whether the program asks Microsoft Graph; not when not given. */
	hasGraph?: boolean;
}

export interface TeamsStage extends PlatformStage {
	readonly name: 'teams';
	readonly teams: TeamsEmulator;
}

export async function openTeamsStage(options: TeamsStageOptions = {}): Promise<TeamsStage> {
	const { retryDelaysMs, latencyMs = 0, putOnOpenStream, hasGraph = false } = options;
	const teams = await startTeamsEmulator({
		retryDelaysMs: retryDelaysMs ?? [200, 500, 1_000],
		latencyMs,
		...(putOnOpenStream === undefined ? {} : { putOnOpenStream }),
	});
	let fanOut: FanOut | null = null;
	return {
		name: 'teams',
		teams,
		environment: {
			TEAMS_APP_ID: teams.appId,
			TEAMS_APP_PASSWORD: teams.appPassword,
			TEAMS_TENANT_ID: teams.tenantId,
			TEAMS_OPENID_URL: teams.openIdMetadataUrl,
			TEAMS_LOGIN_URL: teams.loginUrl,
			TEAMS_SERVICE_HOSTS: new URL(teams.serviceUrl).host,
			TEAMS_FILE_HOSTS: new URL(teams.filesUrl).host,
			...(hasGraph ? { TEAMS_GRAPH: 'on', TEAMS_GRAPH_URL: teams.graphUrl } : {}),
		},
		messageCharacters,
		takesComments: true,
		async attach(addresses) {
			await fanOut?.close();
			const targets = addresses.map((address) => `${address}/teams/messages`);
			fanOut = targets.length > 1 ? await startFanOut(targets) : null;
			teams.setMessagingEndpoint(fanOut?.url ?? targets[0] ?? '');
		},
		...createPlaces(teams),
		...createTalk(teams),
		...createView(teams),
		...createHands(teams),
		...createTroubles(teams),
		// Chunks of a stream come at least a second apart, and the next one learns of Stop.
		stopsWithinMs: (kind) => (kind === 'direct' ? 1_500 : 1_000),
		// What a reader stopped stays as it is; Teams shows that itself.
		tellsOfStop: (kind) => kind !== 'direct',
		deliverTwice: teams.duplicateDeliveries,
		countCalls: () => teams.calls.length,
		forgetCounters: teams.forgetCounters,
		// Tokens of the emulated login begin so, and tokens of the connector as every JSON Web Token does.
		secrets: () => ['emulated.', 'eyJ'],
		async close() {
			await fanOut?.close();
			await teams.close();
		},
	};
}

type Places = Pick<PlatformStage, 'openRoom' | 'openClosedChannel' | 'chatOf' | 'colleagueIn' | 'outsiders' | 'reference' | 'addGroup'>;

function createPlaces({ tenant }: TeamsEmulator): Places {
	const addPerson = (more: object = {}) => tenant.addUser({ name: `Person ${tenant.users().length}`, locale: 'en-GB', ...more }).id;
	const directOf = (user: string): Room => ({ kind: 'direct', id: tenant.openPersonalChat(user).id, asker: user });
	const channelOf = (user: string): Room => {
		const team = tenant.addTeam({ name: `Team ${tenant.teams().length}`, members: [user] });
		return { kind: 'channel', id: team.id, asker: user };
	};
	return {
		openRoom: (kind) => (kind === 'direct' ? directOf : channelOf)(addPerson()),
		// So every team is.
		openClosedChannel: () => channelOf(addPerson()),
		chatOf: directOf,
		colleagueIn(room) {
			const colleague = addPerson();
			tenant.conversation(room.id)?.members.push(colleague);
			return colleague;
		},
		outsiders() {
			const guest = addPerson({ isGuest: true });
			const federated = addPerson({ tenantId: tenant.nextUuid() });
			return [
				{ who: 'a guest', id: guest, room: directOf(guest) },
				{ who: 'a guest', id: guest, room: channelOf(guest) },
				{ who: 'somebody of another company', id: federated, room: channelOf(federated) },
				{ who: 'somebody of another company', id: federated, room: directOf(federated) },
			];
		},
		reference(user) {
			const account = tenant.user(user);
			return `teams:${account?.tenantId}:${account?.aadObjectId}`;
		},
		addGroup: async (members) => `teams:${tenant.tenantId}:${tenant.directory.addGroup({ name: 'A group', members }).id}`,
	};
}

type Talk = Pick<
	PlatformStage,
	'ask' | 'talk' | 'share' | 'alert' | 'edit' | 'callByEdit' | 'linkTo' | 'remove' | 'chatter' | 'hasDelivered'
>;

function createTalk(teams: TeamsEmulator): Talk {
	async function say({ room, text, user = room.asker, after, files = [] }: Asking, whom: Partial<Saying>): Promise<Question> {
		const threadRootId = room.kind === 'channel' ? after?.threadId : undefined;
		const dropped = files.map(({ mediaType: mimetype, ...file }) => ({ ...file, mimetype }));
		const { id } = await teams.say({ user, conversation: room.id, text, threadRootId, files: dropped, ...whom });
		return { room, user, messageId: id, text, threadId: after?.threadId ?? id };
	}
	const edit: Talk['edit'] = ({ room, user, messageId }, text) =>
		teams.edit({ user, conversation: room.id, id: messageId, text, mentionBot: room.kind === 'channel' });
	return {
		ask: (asking) => say(asking, { mentionBot: asking.room.kind === 'channel' }),
		talk(talking: Talking) {
			Object.assign(teams.tenant.conversation(talking.room.id) ?? {}, { resourceSpecificConsent: true } satisfies Partial<Conversation>);
			return say(talking, talking.to === undefined ? {} : { mentions: [talking.to] });
		},
		share: (sharing) => say(sharing, {}),
		async alert(title, { room, threadId }) {
			const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: title }] };
			const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
			const app = teams.tenant.addApp({ name: 'Alertmanager' });
			await teams.sayAsApp({ app, conversation: room.id, attachments, threadRootId: threadId });
		},
		edit,
		callByEdit: edit,
		linkTo: ({ room, messageId, threadId }) => teams.linkTo({ conversation: room.id, id: messageId, threadRootId: threadId }),
		remove: ({ room, user, messageId }) => teams.remove({ user, conversation: room.id, id: messageId }),
		async chatter(question) {
			for (const activity of chatterOf(teams, question)) {
				const { status } = await teams.deliver(activity);
				if (status !== 200) throw new Error(`not taken: ${status} ${JSON.stringify(activity)}`);
			}
		},
		hasDelivered() {
			const { deliveries } = teams;
			// An edit bears the id of its message, so that each delivery counts, or the next attempt at it.
			return deliveries.every(({ status, activityId, type, attempt }, index) => {
				const isTaken = status !== null && status < 500;
				const isNextAttempt = (other: (typeof deliveries)[number]) =>
					other.activityId === activityId && other.type === type && other.attempt === attempt + 1;
				return isTaken || deliveries.slice(index + 1).some(isNextAttempt);
			});
		},
	};
}

/** Messages of the bot itself and of other bots, and what Teams writes on its own. */
function chatterOf(teams: TeamsEmulator, { room, user, threadId }: Question): Json[] {
	const threadRootId = room.kind === 'channel' ? threadId : undefined;
	const compose = () => teams.compose({ user, conversation: room.id, text: 'who am I?', mentionBot: true, threadRootId });
	const by = (from: Json): Json => ({ ...compose(), from });
	const account = compose()['from'] as Json;
	return [
		by({ id: teams.botId, name: teams.botName, role: 'bot' }),
		by({ id: '28:another', name: 'Another', aadObjectId: teams.tenant.nextUuid() }),
		by({ ...account, role: 'skill' }),
		{ ...compose(), type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
		{ ...compose(), type: 'conversationUpdate', membersAdded: [{ id: '29:someone' }] },
		{ ...compose(), type: 'event', name: 'application/vnd.microsoft.readReceipt' },
	];
}

type View = Pick<PlatformStage, 'answers' | 'sources' | 'privateWords' | 'notified' | 'isBusy' | 'hasSign'>;

function createView(teams: TeamsEmulator): View {
	const called = new Map<string, Set<string>>();
	teams.onChange(({ conversation, id }) => {
		const message = id === '' ? undefined : teams.message(conversation, id);
		if (message?.from !== 'bot') return;
		const ids = called.get(id) ?? new Set();
		for (const person of teams.notifies(message)) ids.add(person);
		called.set(id, ids);
	});
	const ofBot = (message: VisibleMessage) => message.from === 'bot' && !message.deleted;
	const thread = ({ room, threadId }: Question) => teams.messages(room.id, room.kind === 'channel' ? { threadRootId: threadId } : {});
	const isStreaming = (question: Question) => thread(question).some(({ progress }) => progress !== '');
	return {
		answers: (question) =>
			thread(question)
				.filter((message) => ofBot(message) && !message.isTargeted && Number(message.id) > Number(question.messageId))
				.map((message) => toAnswer(question.room, message)),
		sources: ({ room, messageId }) => shownSources(teams.message(room.id, messageId)),
		privateWords(room, user) {
			const direct = teams.tenant.openPersonalChat(user).id;
			const alone = room.id === direct ? [] : teams.messages(room.id).filter(({ visibleTo }) => visibleTo === user);
			return [...alone, ...teams.messages(direct)].filter(ofBot).map(({ visibleText }) => visibleText);
		},
		notified: ({ messageId }) => [...(called.get(messageId) ?? [])],
		isBusy: (question) => teams.typing(question.room.id) || isStreaming(question),
		// In channels clients do not show that somebody types.
		hasSign: (question) => (question.room.kind !== 'channel' && teams.typing(question.room.id)) || isStreaming(question),
	};
}

function toAnswer(room: Room, message: VisibleMessage): Answer {
	const isStreaming = message.streaming === 'in_progress';
	const onCard = message.buttons.map(({ data }) => (data as { openccb: { name: ButtonName } }).openccb.name);
	return {
		room,
		messageId: message.id,
		text: message.visibleText,
		history: message.history.map(({ atMs, visibleText }) => ({ atMs, text: visibleText })),
		isOpen: isStreaming || onCard.includes('stop'),
		buttons: [...onCard, ...(message.feedbackEnabled && !isStreaming ? (['up', 'down'] as const) : [])],
	};
}

function createHands(teams: TeamsEmulator): Pick<PlatformStage, 'command' | 'press' | 'pressOffer' | 'showPassage' | 'stop'> {
	/** What the person alone is told there from now on. */
	function listen({ kind, id }: Room, user: string): () => string[] {
		const words = () => teams.messages(id).filter(({ from, visibleTo }) => from === 'bot' && (kind === 'direct' || visibleTo === user));
		const before = words().length;
		return () =>
			words()
				.slice(before)
				.map(({ visibleText }) => visibleText);
	}
	const press: PlatformStage['press'] = async ({ room, messageId }, name, user, comment) => {
		const place = { user, conversation: room.id, id: messageId };
		const told = listen(room, user);
		const rating = name === 'up' ? 'like' : name === 'down' ? 'dislike' : null;
		const { failure } =
			rating === null
				? await teams.pressCard({ ...place, data: { openccb: buttonData(teams, place, name) } })
				: await teams.giveFeedback({ ...place, reaction: rating, ...(comment === undefined ? {} : { text: comment }) });
		return { failure, told };
	};
	return {
		// The menu of a chat only writes the words for one.
		async command({ room, user, text }) {
			const told = listen(room, user);
			await teams.say({ user, conversation: room.id, text, mentionBot: room.kind === 'channel' });
			return { told };
		},
		press,
		async pressOffer({ id: conversation, kind }, user) {
			const isOffer = ({ data }: { data: unknown }) => /"(?:privately|confirm)"/.test(JSON.stringify(data));
			const offer = teams
				.messages(conversation)
				.findLast(({ visibleTo, buttons }) => (visibleTo === user || kind === 'direct') && buttons.some(isOffer));
			if (offer === undefined) throw new TypeError('nothing was offered');
			await teams.pressCard({ user, conversation, id: offer.id, title: offer.buttons.find(isOffer)?.title ?? '' });
		},
		async showPassage({ room, messageId: id }, position, user) {
			const all = teams.message(room.id, id)?.buttons.map(({ data }) => data as { openccb: Json }) ?? [];
			const data = all.find(({ openccb }) => openccb['position'] === position);
			if (data === undefined) throw new TypeError(`no passage ${position}`);
			const told = listen(room, user);
			const { failure } = await teams.pressCard({ user, conversation: room.id, id, data });
			return { failure, told };
		},
		async stop({ room, messageId }, user) {
			const running = teams.messages(room.id).filter(({ from, id }) => from === 'bot' && Number(id) > Number(messageId));
			if (room.kind === 'direct') return await teams.stopStreaming({ user, conversation: room.id });
			for (const message of running) {
				const answer = toAnswer(room, message);
				if (answer.isOpen) await press(answer, 'stop', user);
			}
		},
	};
}

function buttonData(teams: TeamsEmulator, { conversation, id }: { conversation: string; id: string }, name: ButtonName): Json {
	const all = teams.message(conversation, id)?.buttons.map(({ data }) => (data as { openccb: Json }).openccb) ?? [];
	const found = all.find((data) => data['name'] === name);
	if (found === undefined) throw new TypeError(`no button ${name}`);
	return found;
}

const kinds = { lost: 'stored-then-502', 'lost-silently': 'stored-then-hang' } as const;

function createTroubles(teams: TeamsEmulator): Troubles {
	const refusals = countRefusals(() => teams.calls.map(({ status }) => status));
	const change = (id: string, change: Partial<Conversation>) => void Object.assign(teams.tenant.conversation(id) ?? {}, change);
	return {
		fail(kind: RoomKind, step: Step, trouble: Trouble) {
			if (trouble === '429') refusals.expect();
			const fault = { kind: trouble in kinds ? kinds[trouble as keyof typeof kinds] : (trouble as '429') };
			const isChannel = kind === 'channel';
			if (step === 'first') return teams.fail({ operation: isChannel ? 'post' : 'stream', ...fault });
			const operation = isChannel ? 'update' : 'stream';
			if (isChannel && step === 'update') return teams.fail({ operation, ...fault });
			// All later calls are of one operation: the trouble is ordered as soon as the first words are there. In a channel they change a sign.
			const forget = teams.onChange(({ type, conversation, id }) => {
				if (type !== (isChannel ? 'changed' : 'posted') || teams.message(conversation, id)?.from !== 'bot') return;
				forget();
				teams.fail({ operation, ...fault });
			});
		},
		holdProfiles: () => teams.fail({ operation: 'member', kind: 'hang', times: 50 }),
		heldUpCalls: () => heldUp(teams.calls),
		clearFaults: teams.clearFaults,
		refusedCalls: refusals.count,
		forbidPosts: ({ id }) => change(id, { isBlocked: true }),
		takeAccess: ({ id }) => change(id, { botIsMember: false }),
		block: ({ id }) => change(id, { isBlocked: true }),
		takeAway: ({ room, messageId }) => teams.removeAsOwner({ conversation: room.id, id: messageId }),
		setUnavailable: (on) => (on ? teams.fail({ operation: '*', kind: '503', times: Number.POSITIVE_INFINITY }) : teams.clearFaults()),
		unavailableCalls: () => teams.calls.filter(({ status }) => status === 503).length,
	};
}
