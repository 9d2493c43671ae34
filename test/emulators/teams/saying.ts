/** Messages of people: written, with files and images, changed, removed; and which of them the bot hears of. */

import { toMessageActivity } from './activity-json.ts';
import { forwardedBy, withForward, withQuotes } from './citing.ts';
import type { Core } from './core.ts';
import type { Conversation, Json, NewFile, StoredFile, StoredMessage, User } from './types.ts';
import { type Wording, word } from './wording.ts';

export interface Saying {
	user: string;
	/** Without a thread. */
	conversation: string;
	/** As typed, without tags. */
	text: string;
	mentionBot?: boolean | 'twice';
	/** Other people who are mentioned. */
	mentions?: readonly string[];
	/** Of an answer in a channel: the message that began the thread. */
	threadRootId?: string | undefined;
	/**
	 * In a personal chat they come as links that may be opened without a token for some minutes; elsewhere the bot sees only that there is
	 * something, and Graph knows what.
	 */
	files?: readonly NewFile[];
	/** Pasted into the text: links to the connector, to be opened with the bot's token. */
	images?: readonly NewFile[];
	/** Added as they are. */
	attachments?: readonly Json[];
	/** Formatted in the box: the HTML that it makes. The text is what Teams makes of it then, if anything. */
	html?: string;
	/** Messages of the conversation that it answers, by their ids. */
	quotes?: readonly string[];
	/** A message that is passed on, from wherever the person can read it. */
	forwards?: { conversation: string; id: string } | undefined;
}

export type Words = Pick<Saying, 'user' | 'conversation' | 'text' | 'mentionBot' | 'mentions' | 'html'>;

/** Puts the message where everybody sees it and tells the bot, if it is to hear. */
export function say(core: Core, saying: Saying, isTargeted = false): StoredMessage {
	const { message, user, conversation } = write(core, saying, isTargeted);
	if (isTargeted || isHeard(core, conversation, message.entities)) {
		core.deliveries.send(toMessageActivity(core, message, user, isTargeted ? { recipient: targetedRecipient(core) } : {}));
	}
	return message;
}

export function edit(core: Core, change: Words & { id: string }): void {
	const { user, conversation } = memberOf(core, change.user, change.conversation);
	const message = writtenBy(core, change.user, conversation, change.id);
	const wasHeard = isHeard(core, conversation, message.entities);
	const wording = word(core, { ...change, locale: user.locale, timeZone: user.timeZone });
	const others = message.attachments.filter(({ contentType }) => contentType !== 'text/html');
	Object.assign(message, { text: wording.text, entities: wording.entities, forwarded: undefined, edited: true });
	message.attachments = [...others, htmlTwin(wording.html, message.files)];
	core.messages.changed(message);
	if (wasHeard || isHeard(core, conversation, message.entities)) {
		const channelData = { eventType: 'editMessage' };
		core.deliveries.send(toMessageActivity(core, message, user, { type: 'messageUpdate', channelData }));
	}
}

/** A removed message can be brought back by its author. */
export function setRemoved(core: Core, removal: { user: string; conversation: string; id: string }, isRemoved: boolean): void {
	const { user, conversation } = memberOf(core, removal.user, removal.conversation);
	const message = writtenBy(core, removal.user, conversation, removal.id, !isRemoved);
	message.deleted = isRemoved;
	core.messages.changed(message, isRemoved ? 'deleted' : 'changed');
	if (!isHeard(core, conversation, message.entities)) return;
	const event = isRemoved
		? { type: 'messageDelete', text: '', attachments: [], entities: [], channelData: { eventType: 'softDeleteMessage' } }
		: { type: 'messageUpdate', channelData: { eventType: 'undeleteMessage' } };
	core.deliveries.send(toMessageActivity(core, message, user, event));
}

/** A message of the bot, which is told nothing of it. */
export function removeAsOwner(core: Core, { conversation, id }: { conversation: string; id: string }): void {
	const message = core.messages.get(conversation, id);
	const isInChannel = core.tenant.conversation(conversation)?.kind === 'channel';
	if (!isInChannel || message?.from !== 'bot' || message.deleted) throw new TypeError(`no such message of the bot: ${id}`);
	message.deleted = true;
	core.messages.changed(message, 'deleted');
}

/** The activity of a message that nobody wrote: for requests that do not come from Teams. */
export function compose(core: Core, saying: Saying): Json {
	const { user, conversation } = memberOf(core, saying.user, saying.conversation);
	const { text, html, entities } = wordingOf(core, saying, user);
	const message: StoredMessage = {
		id: core.tenant.nextMessageId(),
		conversation: conversation.id,
		threadRootId: saying.threadRootId,
		from: user.id,
		atMs: core.now(),
		visibleTo: undefined,
		text,
		textFormat: 'markdown',
		attachments: [...(saying.attachments ?? []), htmlTwin(html, [])],
		entities,
		channelData: {},
		forwarded: undefined,
		files: [],
		stream: undefined,
		edited: false,
		deleted: false,
		history: [],
	};
	return toMessageActivity(core, message, user);
}

/** The person and the conversation, when the one is in the other. */
export function memberOf(core: Core, userId: string, conversationId: string): { user: User; conversation: Conversation } {
	const user = core.tenant.user(userId);
	const conversation = core.tenant.conversation(conversationId);
	if (user === undefined || !conversation?.members.includes(user.id)) throw new TypeError(`${userId} is not in ${conversationId}`);
	return { user, conversation };
}

function write(core: Core, saying: Saying, isTargeted: boolean) {
	const { user, conversation } = memberOf(core, saying.user, saying.conversation);
	if (saying.threadRootId !== undefined) checkRoot(core, conversation, saying.threadRootId);
	if (saying.forwards !== undefined) memberOf(core, user.id, saying.forwards.conversation);
	const own = wordingOf(core, { ...saying, forwards: undefined }, user);
	const wording = withForward(core, saying.forwards, own);
	const files = (saying.files ?? []).map(core.tenant.addFile);
	const isPersonal = conversation.kind === 'personal';
	const images = (saying.images ?? []).map((image) => toImage(core, core.tenant.addFile(image)));
	const message = core.messages.add({
		conversation: conversation.id,
		threadRootId: saying.threadRootId,
		from: user.id,
		text: wording.text,
		entities: wording.entities,
		forwarded: forwardedBy(core, saying.forwards, own.text),
		attachments: [
			...(isPersonal ? files.map((file) => toDownload(core, file)) : []),
			...images,
			...(saying.attachments ?? []),
			htmlTwin(wording.html, files),
		],
		files,
		visibleTo: isTargeted ? user.id : undefined,
	});
	return { message, user, conversation };
}

function wordingOf(core: Core, saying: Saying, { locale, timeZone }: User): Wording {
	const own = word(core, { ...saying, locale, timeZone });
	return withForward(core, saying.forwards, withQuotes(core, saying, own));
}

/** Without the consent, messages of groups and channels reach the bot only when they mention it. */
function isHeard(core: Core, { kind, botIsMember, resourceSpecificConsent }: Conversation, entities: readonly Json[]): boolean {
	if (!botIsMember) return false;
	if (kind === 'personal' || resourceSpecificConsent) return true;
	return entities.some(({ type, mentioned }) => type === 'mention' && (mentioned as Json).id === core.identity.botId);
}

function targetedRecipient({ identity }: Core): Json {
	return { id: identity.botId, name: identity.botName, isTargeted: true };
}

function checkRoot(core: Core, conversation: Conversation, id: string): void {
	const root = core.messages.get(conversation.id, id);
	if (conversation.kind !== 'channel' || root === undefined || root.threadRootId !== undefined)
		throw new TypeError(`no such thread: ${id}`);
}

function writtenBy(core: Core, userId: string, conversation: Conversation, id: string, deleted = false): StoredMessage {
	const message = core.messages.get(conversation.id, id);
	if (message === undefined || message.from !== userId || message.deleted !== deleted)
		throw new TypeError(`no such message of ${userId}: ${id}`);
	return message;
}

function toDownload(core: Core, file: StoredFile): Json {
	const { id: uniqueId, name, contentUrl } = file;
	const content = { downloadUrl: core.downloads.issue(file), uniqueId, fileType: name.split('.').at(-1) ?? '', etag: `"{${uniqueId}},1"` };
	return { contentType: 'application/vnd.microsoft.teams.file.download.info', content, contentUrl, name };
}

function toImage({ identity }: Core, { id, name }: StoredFile): Json {
	return { contentType: 'image/*', contentUrl: `${identity.serviceUrl}v3/attachments/${id}/views/original`, name };
}

function htmlTwin(html: string, files: readonly StoredFile[]): Json {
	const marks = files.map(({ id }) => `<attachment id="${id}"></attachment>`).join('');
	return { contentType: 'text/html', content: `${html}${marks}` };
}
