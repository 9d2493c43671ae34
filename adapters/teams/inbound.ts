/** Activities in the core's words. Pure: an activity whose sender was checked in, a PersonalEvent or null out. */

import { isTimeZone } from '#src/local-time.ts';
import type {
	Actor,
	ButtonAction,
	CommandInvoked,
	MessageEdited,
	MessageReceived,
	MessageWords,
	PersonalEvent,
} from '#src/platform/chat-event.ts';
import type { EventBase } from '#src/platform/event-base.ts';
import type { Place } from '#src/platform/place.ts';
import { readPlace, tenantOf } from './activity.ts';
import { readAttachments } from './attachments.ts';
import { parseButton } from './format.ts';
import { readFileAnswer } from './given-files.ts';
import { asObject, asObjects, idOf, type Json, parseUntrusted, textOf } from './json.ts';
import { mentionedIds } from './reading/mentions.ts';
import { readMessageWords } from './reading/message-words.ts';

/** An activity that a person caused, in a place that we know. */
export interface Scene {
	activity: Json;
	place: Place;
	actor: Actor;
	activityId: string;
	botId: string;
}

export interface ReadingOptions {
	/** Whether files in group chats and channels can be fetched. */
	hasGraph: boolean;
	/** The tenant that is served; null in anonymous mode, where everybody's is. */
	homeTenantId: string | null;
}

/** The longest reason that goes along with a rating; Teams' own box takes less. */
const commentCharacters = 4_000;

/**
 * What an activity means; nothing when it is not for us: of a kind that we do not know, incomplete, or by a bot. People of other tenants are
 * read as what they are, so that they can be told no; nothing is opened for them. An actor without a tenant is one whom nobody vouches for.
 */
export function readEvents(activity: Json, options: ReadingOptions): PersonalEvent[] {
	const event = readActivity(activity, options);
	if (event === null) return [];
	const scene = readScene(activity, options);
	const asked =
		event.type === 'message-edited' && event.restored !== true && scene !== null ? readAskedByEdit(scene, event, options) : null;
	return asked === null ? [event] : [asked, event];
}

/** What it means in itself; null for nothing. */
export function readActivity(activity: Json, options: ReadingOptions): PersonalEvent | null {
	const scene = readScene(activity, options);
	if (scene === null) return null;
	const isOurs = options.homeTenantId === null || scene.actor.tenantId === options.homeTenantId;
	switch (activity['type']) {
		case 'message':
			return readMessage(scene, options);
		case 'messageUpdate':
			return readUpdate(scene);
		case 'messageDelete':
			return readDeletion(scene);
		case 'installationUpdate':
			return isOurs && activity['action'] === 'add' ? readOpened(scene) : null;
		case 'conversationUpdate':
			return isOurs && asObjects(activity['membersAdded']).some(({ id }) => id === scene.botId) ? readOpened(scene) : null;
		case 'invoke':
			return readInvoke(scene);
		default:
			return null;
	}
}

export function readScene(activity: Json, { homeTenantId }: ReadingOptions): Scene | null {
	const place = readPlace(activity);
	const from = asObject(activity['from']);
	const activityId = idOf(activity['id']);
	const botId = idOf(asObject(activity['recipient'])['id']);
	if (place === null || activityId === '' || isFromBot(from, botId)) return null;
	const actor = readActor(from, homeTenantId === null ? place.tenantId : tenantOf(activity));
	return actor === null ? null : { activity, place, actor, activityId, botId };
}

/**
 * Somebody of another company is one of that company's people. Whoever has no object id is in no directory: a participant of a meeting, who
 * is nobody's, and known by the id that the bot alone has of them. Anything else without an account did not come from a person.
 */
function readActor(from: Json, tenantId: string): Actor | null {
	const accountId = idOf(from['aadObjectId']);
	if (accountId !== '') return { tenantId, accountId };
	const participantId = idOf(from['id']);
	return participantId.startsWith('29:') ? { tenantId: '', accountId: participantId } : null;
}

/** Ids of bots begin with `28:`, those of people with `29:`. */
function isFromBot(from: Json, botId: string): boolean {
	const id = textOf(from['id']);
	return from['role'] === 'bot' || from['role'] === 'skill' || id.startsWith('28:') || (id !== '' && id === botId);
}

/** A button on a card of the old kind sends its data as a message without words. */
function readMessage(scene: Scene, options: ReadingOptions): PersonalEvent | null {
	const { activity, botId } = scene;
	const words = readMessageWords(activity, botId);
	const isSubmitted = typeof activity['value'] === 'object' && activity['value'] !== null && textOf(activity['text']).trim() === '';
	const press = isSubmitted ? readPress(scene, activity['value']) : null;
	if (press !== null || (isSubmitted && words.text === '')) return press;
	return isTargeted(activity) ? invokedBy(scene, { text: words.text.replace(/^\//, '') }) : readReceived(scene, words, options);
}

function readReceived(scene: Scene, words: MessageWords, { hasGraph }: ReadingOptions): MessageReceived | null {
	const { activity, place, actor, activityId } = scene;
	const startsThread = place.kind === 'channel' && (place.threadId === '' || place.threadId === activityId);
	const addressedBy = addressOf(scene, startsThread);
	if (addressedBy === null) return null;
	return {
		type: 'message-received',
		...happening(scene, activityId),
		place: startsThread ? { ...place, threadId: activityId } : place,
		messageId: activityId,
		author: actor,
		...words,
		addressedBy,
		startsThread,
		attachments: readAttachments(activity, place, hasGraph),
	};
}

/** An edit that names the bot asks it, if the message was not received before. Elsewhere it was: a message to the bot, or none for it. */
function readAskedByEdit(scene: Scene, { text, cited }: MessageEdited, options: ReadingOptions): MessageReceived | null {
	const asked = readReceived(scene, { text, ...(cited === undefined ? {} : { cited }) }, options);
	return asked?.addressedBy === 'mention' ? { ...asked, byEdit: true } : null;
}

/**
 * Where the app may read everything ("Receive all messages with RSC"), people also talk to each other: a message without the bot's name
 * is not for it when it names somebody else, and outside threads only where that was decided.
 */
function addressOf({ activity, place, botId }: Scene, startsThread: boolean): MessageReceived['addressedBy'] | null {
	if (place.kind === 'direct') return 'direct';
	const mentioned = mentionedIds(activity);
	if (mentioned.includes(botId)) return 'mention';
	if (place.kind !== 'channel' || mentioned.length > 0) return null;
	return startsThread ? 'talk' : 'thread';
}

/** A message that only the bot sees ("Targeted messages"): somebody chose one of its commands. */
function isTargeted(activity: Json): boolean {
	return asObject(activity['recipient'])['isTargeted'] === true;
}

export function invokedBy(scene: Scene, command: Pick<CommandInvoked, 'text' | 'options' | 'form'>): CommandInvoked {
	const { place, actor, activityId } = scene;
	return { type: 'command-invoked', ...happening(scene, `${activityId}:command`), place, actor, ...command };
}

function readUpdate(scene: Scene): MessageEdited | null {
	const { activity, place, actor, activityId, botId } = scene;
	const { eventType } = asObject(activity['channelData']);
	if (eventType !== 'editMessage' && eventType !== 'undeleteMessage') return null;
	const at = idOf(activity['timestamp']) || occurredAt(activity);
	return {
		type: 'message-edited',
		...happening(scene, `${activityId}:${eventType}:${at}`),
		place: inThread(place, activityId),
		messageId: activityId,
		author: actor,
		...readMessageWords(activity, botId),
		...(eventType === 'undeleteMessage' ? { restored: true } : {}),
	};
}

function readDeletion(scene: Scene): PersonalEvent | null {
	const { activity, place, actor, activityId } = scene;
	if (asObject(activity['channelData'])['eventType'] !== 'softDeleteMessage') return null;
	const at = idOf(activity['timestamp']);
	return {
		type: 'message-deleted',
		...happening(scene, `${activityId}:deleted:${at}`),
		place: inThread(place, activityId),
		messageId: activityId,
		author: actor,
	};
}

/** An installation arrives as two activities, in any order: both get the same key. */
function readOpened(scene: Scene): PersonalEvent | null {
	const { place, actor } = scene;
	if (place.kind !== 'direct') return null;
	return { type: 'direct-opened', ...happening(scene, 'opened'), place, actor };
}

function readInvoke(scene: Scene): PersonalEvent | null {
	const value = asObject(scene.activity['value']);
	if (scene.activity['name'] === 'adaptiveCard/action') return readPress(scene, asObject(value['action'])['data']);
	if (scene.activity['name'] === 'fileConsent/invoke') return readConsent(scene, value);
	return scene.activity['name'] === 'message/submitAction' ? readRating(scene, value) : null;
}

function readPress(scene: Scene, data: unknown): PersonalEvent | null {
	const button = parseButton(data);
	return button === null ? null : pressed(scene, button);
}

function readConsent(scene: Scene, value: Json): PersonalEvent | null {
	const answer = readFileAnswer(value);
	return answer === null ? null : pressed(scene, answer);
}

/** "Feedback buttons": the reason is JSON within the JSON. People may change their mind; each time is an activity of its own. */
function readRating(scene: Scene, { actionName, actionValue }: Json): PersonalEvent | null {
	const { reaction, feedback } = asObject(actionValue);
	if (actionName !== 'feedback' || (reaction !== 'like' && reaction !== 'dislike')) return null;
	const comment = readReason(feedback);
	const rating = reaction === 'like' ? 'up' : 'down';
	return pressed(scene, { name: 'feedback', replyId: null, rating, ...(comment === '' ? {} : { comment }) });
}

/** Clients differ: the reason comes as JSON, or as it was written. */
function readReason(feedback: unknown): string {
	return textOf(reasonIn(feedback)).trim().slice(0, commentCharacters).toWellFormed();
}

function reasonIn(feedback: unknown): unknown {
	const read = typeof feedback === 'string' ? parseUntrusted(feedback) : feedback;
	return read === undefined ? feedback : asObject(read)['feedbackText'];
}

/** Not every client tells which message was rated; the core then takes the newest answer. */
function pressed(scene: Scene, button: ButtonAction): PersonalEvent | null {
	const { activity, place, actor, activityId } = scene;
	const messageId = idOf(activity['replyToId']);
	if (messageId === '' && button.replyId !== null && button.name !== 'file') return null;
	return {
		type: 'button-pressed',
		...happening(scene, `${activityId}:pressed`),
		place: messageId === '' ? place : inThread(place, messageId),
		actor,
		messageId,
		button,
	};
}

/** In a channel, what names no thread is about the message that began one. */
export function inThread(place: Place, messageId: string): Place {
	return place.kind === 'channel' && place.threadId === '' ? { ...place, threadId: messageId } : place;
}

/** What every event says of itself: `key` is the same for every delivery of the same happening. */
function happening({ activity, place }: Scene, key: string) {
	return {
		key: `teams:${place.tenantId}:${place.channelId}:${key}`,
		platform: 'teams',
		tenantId: place.tenantId,
		occurredAt: occurredAt(activity),
		...senderDetails(activity),
	};
}

/** Teams tells a person's language and zone with what they do, and not when it is asked who they are. */
export function senderDetails(activity: Json): Pick<EventBase, 'locale' | 'timeZone'> {
	const [locale, timeZone] = [localeOf(activity), timeZoneOf(activity)];
	return { ...(locale === null ? {} : { locale }), ...(timeZone === null ? {} : { timeZone }) };
}

/** What Teams tells of the program that somebody wrote with. */
function clientInfo(activity: Json): Json {
	return asObject(asObjects(activity['entities']).find(({ type }) => type === 'clientInfo'));
}

/** Null for what is no name of the IANA database: some clients write those of Windows, or a distance from UTC. */
function timeZoneOf(activity: Json): string | null {
	const names = [activity['localTimezone'], clientInfo(activity)['timezone']].map((name) => textOf(name));
	return names.find((name) => /^[a-z][\w/+-]{1,63}$/i.test(name) && isTimeZone(name)) ?? null;
}

/** Teams writes `en-US`, and in some clients `en-us`. */
export function localeOf(activity: Json): string | null {
	const given = textOf(activity['locale'], textOf(clientInfo(activity)['locale']));
	const match = /^([a-z]{2,3})(?:-([a-z]{2}))?$/i.exec(given);
	if (match === null) return null;
	const [, language = '', region] = match;
	return region === undefined ? language.toLowerCase() : `${language.toLowerCase()}-${region.toUpperCase()}`;
}

/** As ISO 8601; now, when there is no time that a calendar and the database could hold. */
export function occurredAt(activity: Json): string {
	const atMs = Date.parse(idOf(activity['timestamp']));
	return new Date(atMs > 0 && atMs < 8.64e15 ? atMs : Date.now()).toISOString();
}
