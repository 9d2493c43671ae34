/** What people do in Teams: write, change, remove, press buttons, use commands, give feedback, press Stop, install and leave. */

import { toActivity } from './activity-json.ts';
import { checkInputs, isCard } from './card-rules.ts';
import { cardText } from './cards.ts';
import type { Core } from './core.ts';
import type { Answer } from './deliveries.ts';
import { fileConsentType, fileVerbs } from './file-cards.ts';
import { isJson, objectOf, textOf } from './json.ts';
import { compose, edit, memberOf, removeAsOwner, type Saying, say, setRemoved, type Words } from './saying.ts';
import { endIfExpired } from './streams.ts';
import type { Conversation, Json, StoredMessage, User } from './types.ts';
import { adaptiveCardType, cardsOf, toVisible } from './visible-text.ts';

export interface Press {
	user: string;
	conversation: string;
	id: string;
	/** Which button: by its verb, or by its title. */
	verb?: string;
	title?: string;
	/** When several buttons share the verb and the title: what its data contains. */
	data?: Json;
	/** What the person filled in. */
	inputs?: Json;
}

export interface InvokeResult {
	/** Null when no answer came within the time. */
	status: number | null;
	/** The body of the answer, parsed. */
	body: unknown;
	/** Why the person sees "Something went wrong". */
	failure?: string;
	/** What the presser, and nobody else, sees in answer. */
	shown?: string;
}

interface Place {
	user: string;
	conversation: string;
}

/** All of these throw TypeError when it could not be done in Teams either: no such person, conversation, message or button. */
export interface People {
	/** Resolves once the message is there; the activity goes out in the background. */
	say(saying: Saying): Promise<{ id: string }>;
	edit(change: Words & { id: string }): Promise<void>;
	remove(removal: Place & { id: string }): Promise<void>;
	undelete(removal: Place & { id: string }): Promise<void>;
	/** A message of the bot, in a channel ("Messaging policies", owners can delete sent messages). */
	removeAsOwner(removal: { conversation: string; id: string }): Promise<void>;
	/** A slash command in a group or channel: a message that only its author and the bot see, mentioned or not. */
	slash(command: Place & { text: string; threadRootId?: string }): Promise<{ id: string }>;
	/**
	 * Resolves once the bot answered or Teams gave up waiting. A submitted form is an ordinary message and has no answer. What is filled in must
	 * be what the card asks for.
	 */
	pressCard(press: Press): Promise<InvokeResult>;
	/** A custom form is asked for first (`message/fetchTask`); that is all then. */
	giveFeedback(feedback: Place & { id: string; reaction: 'like' | 'dislike'; text?: string }): Promise<InvokeResult>;
	/** Presses Stop on the stream that runs in the chat. */
	stopStreaming(stop: Place): Promise<void>;
	/** Adds the app to the conversation, or removes it; of a channel: to its team. */
	installationUpdate(installation: Place & { action: 'add' | 'remove' }): Promise<void>;
	/** People come and go, or something of the team changes (`teamRenamed`, `channelDeleted`, …). */
	conversationUpdate(
		update: Place & { membersAdded?: readonly string[]; membersRemoved?: readonly string[]; eventType?: string },
	): Promise<void>;
	/** The activity that a message would be delivered as; nothing happens. */
	compose(saying: Saying): Json;
}

/** Creates the hands of the people in the tenant. */
export function createPeople(core: Core): People {
	return {
		say: async (saying) => ({ id: say(core, saying).id }),
		edit: async (change) => edit(core, change),
		remove: async (removal) => setRemoved(core, removal, true),
		undelete: async (removal) => setRemoved(core, removal, false),
		removeAsOwner: async (removal) => removeAsOwner(core, removal),
		async slash(command) {
			if (core.tenant.conversation(command.conversation)?.kind === 'personal') throw new TypeError('no slash commands in personal chats');
			return { id: say(core, command, true).id };
		},
		pressCard: (press) => pressCard(core, press),
		giveFeedback: (feedback) => giveFeedback(core, feedback),
		stopStreaming: async (stop) => stopStreaming(core, stop),
		installationUpdate: async (installation) => updateInstallation(core, installation),
		conversationUpdate: async (update) => updateConversation(core, update),
		compose: (saying) => compose(core, saying),
	};
}

async function pressCard(core: Core, press: Press): Promise<InvokeResult> {
	const { user, conversation, message, threadRootId } = shownMessage(core, press);
	const button = toVisible(message).buttons.find(
		({ verb, title, data }) =>
			(press.verb === undefined || verb === press.verb) &&
			(press.title === undefined || title === press.title) &&
			Object.entries(press.data ?? {}).every(([name, value]) => JSON.stringify(objectOf(data)[name]) === JSON.stringify(value)),
	);
	if (button === undefined || button.type === 'Action.OpenUrl') throw new TypeError(`no such button on message ${press.id}`);
	const { type, title, verb } = button;
	if (verb === fileVerbs.accept || verb === fileVerbs.decline)
		return await answerFile(core, { user, conversation, threadRootId }, message, verb === fileVerbs.accept);
	const inputs = cardsOf(message.attachments).map((card) => checkInputs(card, press.inputs ?? {}));
	const data = isJson(button.data) || inputs.some(hasEntries) ? Object.assign({ ...objectOf(button.data) }, ...inputs) : button.data;
	const occasion = { user, conversation, threadRootId };
	if (type === 'Action.Submit') {
		core.deliveries.send(
			toActivity(core, occasion, { type: 'message', id: core.tenant.nextMessageId(), value: data, replyToId: message.id }),
		);
		return { status: null, body: undefined };
	}
	const value = { action: { type, title, ...(verb !== undefined && { verb }), data }, trigger: 'manual' };
	return readAnswer(await invoke(core, occasion, 'adaptiveCard/action', message, value));
}

/** "Invoke activity when the user accepts the file": who takes it says where it belongs. */
async function answerFile(
	core: Core,
	occasion: Parameters<typeof invoke>[1],
	message: StoredMessage,
	isTaken: boolean,
): Promise<InvokeResult> {
	const card = message.attachments.find(({ contentType }) => contentType === fileConsentType) ?? {};
	const { acceptContext, declineContext } = objectOf(card.content);
	const value = isTaken
		? { type: 'fileUpload', action: 'accept', context: acceptContext, uploadInfo: core.uploads.open(textOf(card.name)) }
		: { type: 'fileUpload', action: 'decline', context: declineContext };
	return readAnswer(await invoke(core, occasion, 'fileConsent/invoke', message, value));
}

async function giveFeedback(core: Core, given: Parameters<People['giveFeedback']>[0]): Promise<InvokeResult> {
	const { user, conversation, message, threadRootId } = shownMessage(core, given);
	if (!toVisible(message).feedbackEnabled || message.stream?.state === 'in_progress')
		throw new TypeError(`no feedback on message ${given.id}`);
	const occasion = { user, conversation, threadRootId };
	const { reaction, text = '' } = given;
	if (objectOf(message.channelData.feedbackLoop).type === 'custom') {
		const data = { actionName: 'feedback', actionValue: { reaction } };
		return readAnswer(await invoke(core, occasion, 'message/fetchTask', message, { data }));
	}
	const actionValue = { reaction, feedback: JSON.stringify({ feedbackText: text }) };
	return readAnswer(await invoke(core, occasion, 'message/submitAction', message, { actionName: 'feedback', actionValue }));
}

function stopStreaming(core: Core, stop: Place): void {
	const { conversation } = memberOf(core, stop.user, stop.conversation);
	const messages = core.messages.list(conversation.id);
	for (const message of messages) endIfExpired(core, message);
	const running = messages.find(({ stream, deleted }) => stream?.state === 'in_progress' && !deleted);
	if (running?.stream === undefined) throw new TypeError(`no stream runs in ${stop.conversation}`);
	Object.assign(running.stream, { state: 'stopped', progress: '' });
	core.messages.changed(running);
}

function updateInstallation(core: Core, { user: userId, conversation: id, action }: Parameters<People['installationUpdate']>[0]): void {
	const { user, conversation } = memberOf(core, userId, id);
	for (const place of conversation.team?.channels ?? [conversation]) place.botIsMember = action === 'add';
	if (conversation.kind === 'personal') user.hasApp = action === 'add';
	const place = core.tenant.conversation(conversation.team?.id ?? conversation.id) ?? conversation;
	core.deliveries.send(
		toActivity(core, { user, conversation: place }, { type: 'installationUpdate', action, channelData: teamData(place) }),
	);
}

function updateConversation(core: Core, update: Parameters<People['conversationUpdate']>[0]): void {
	const { user, conversation } = memberOf(core, update.user, update.conversation);
	const { membersAdded = [], membersRemoved = [], eventType } = update;
	for (const place of conversation.team?.channels ?? [conversation]) {
		const staying = place.members.filter((id) => !membersRemoved.includes(id) && !membersAdded.includes(id));
		place.members = [...staying, ...membersAdded];
	}
	const accounts = (ids: readonly string[]) => ids.map((id) => ({ id, aadObjectId: core.tenant.user(id)?.aadObjectId }));
	const event = eventType ?? (conversation.team && (membersAdded.length > 0 ? 'teamMemberAdded' : 'teamMemberRemoved'));
	const additions = {
		type: 'conversationUpdate',
		...(membersAdded.length > 0 && { membersAdded: accounts(membersAdded) }),
		...(membersRemoved.length > 0 && { membersRemoved: accounts(membersRemoved) }),
		channelData: { ...teamData(conversation), ...(event !== undefined && { eventType: event }) },
	};
	if (conversation.botIsMember) core.deliveries.send(toActivity(core, { user, conversation }, additions));
}

/** In events about a team Teams gives its names too. */
function teamData({ id, name, team }: Conversation): Json {
	return team === undefined ? {} : { channel: { id, name }, team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId } };
}

/** A message of the bot that this person sees. */
function shownMessage(core: Core, place: Place & { id: string }) {
	const { user, conversation } = memberOf(core, place.user, place.conversation);
	const message = core.messages.get(conversation.id, place.id);
	const isHidden = message?.visibleTo !== undefined && message.visibleTo !== user.id;
	if (message === undefined || message.deleted || message.from !== 'bot' || isHidden)
		throw new TypeError(`no message of the bot: ${place.id}`);
	return { user, conversation, message, threadRootId: conversation.kind === 'channel' ? (message.threadRootId ?? message.id) : undefined };
}

function invoke(
	core: Core,
	occasion: { user: User; conversation: Conversation; threadRootId: string | undefined },
	name: string,
	{ id: replyToId }: StoredMessage,
	value: Json,
): Promise<Answer> {
	return core.deliveries.invoke(toActivity(core, occasion, { type: 'invoke', name, value, replyToId }));
}

function readAnswer({ status, body: text }: Answer): InvokeResult {
	if (status === null) return { status, body: undefined, failure: 'no answer in time' };
	const body = parse(text);
	const { statusCode, type, value } = objectOf(body);
	const code = typeof statusCode === 'number' ? statusCode : status;
	if (status < 200 || status > 299 || code > 299) return { status, body, failure: `answered ${code}` };
	if (type === adaptiveCardType && !isCard(value)) return { status, body, failure: 'answered an invalid card' };
	if (type === adaptiveCardType) return { status, body, shown: cardText(objectOf(value)) };
	return { status, body, ...(type === 'application/vnd.microsoft.activity.message' && { shown: String(value) }) };
}

function hasEntries(object: Json): boolean {
	return Object.keys(object).length > 0;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text === '' ? undefined : text;
	}
}
