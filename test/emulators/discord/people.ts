/** What people do in channels: write, reply, edit, delete, react, start threads. */

import type { Core } from './core.ts';
import { isJson } from './json.ts';
import { regularPolicy, resolveMentions } from './mentions.ts';
import { permissions } from './permissions.ts';
import { removeMessages } from './posting.ts';
import { type Contents, readContents } from './saying.ts';
import { startThread } from './thread-starting.ts';
import type { Channel, Json, NewFile, NewThread, StoredMessage } from './types.ts';

export interface Saying extends Contents {
	user: string;
	channel: string;
	/** In Discord's own form: mentions as `<@id>`, `<@&id>`, `@everyone`. May be empty when there is something else. */
	text: string;
	/** Puts the bot's mention before the text. */
	mentionBot?: boolean;
	/** The message that this one answers. */
	replyTo?: string;
	/** Whether the reply pings whom it answers; true when not given, as in Discord's clients. */
	pingReplied?: boolean;
	attachments?: readonly NewFile[];
	/** It comes from a webhook; `user` gives only the name. */
	viaWebhook?: boolean;
	/** It comes from another app, whose user this is. */
	asBot?: boolean;
	/** With a system message's number (7 is a join, 6 a pin) it is not something that somebody wrote. */
	type?: number;
}

/** All of these throw TypeError when it could not be done in Discord either: no such thing, not a member, not allowed. */
export interface People {
	/** Resolves once the message is in the channel and its event on the way. */
	say(saying: Saying): Promise<{ id: string }>;
	edit(edit: { user: string; channel: string; messageId: string; text: string }): Promise<void>;
	/** The author may, and who manages messages. Several of one channel give one bulk event. */
	remove(removal: { user: string; channel: string; messageId: string | readonly string[] }): Promise<void>;
	react(reaction: { user: string; channel: string; messageId: string; emoji: string; remove?: boolean }): Promise<void>;
	/** Starts a thread, with the messages that go with it. */
	startThread(thread: NewThread): Channel;
	/** Discord adds the preview of a link: an update of the message that nobody made. */
	unfurl(unfurling: { channel: string; messageId: string; url: string }): Promise<void>;
	startTyping(typing: { user: string; channel: string }): Promise<void>;
}

/** Creates the hands of the people. */
export function createPeople(core: Core): People {
	return {
		say: async (saying) => ({ id: say(core, saying).id }),
		async edit({ user, channel, messageId, text }) {
			const message = presentMessage(core, channel, messageId);
			if (message.authorId !== user) throw new TypeError(`${messageId} was not written by ${user}`);
			message.content = text;
			message.editedAtMs = core.now();
			core.messages.address(message, mentionsOf(core, message, placeOf(core, channel), true));
			core.messages.changed(message);
			core.events.messageChanged(message);
		},
		async remove({ user, channel, messageId }) {
			const ids = typeof messageId === 'string' ? [messageId] : messageId;
			const messages = ids.map((id) => presentMessage(core, channel, id));
			const mayManage = core.world.may(user, placeOf(core, channel), 'manageMessages');
			if (!mayManage && messages.some(({ authorId }) => authorId !== user)) throw new TypeError(`${user} may not delete that`);
			removeMessages(core, messages);
		},
		async react({ user, channel, messageId, emoji, remove = false }) {
			const message = presentMessage(core, channel, messageId);
			requirePermission(core, user, placeOf(core, channel), remove ? [] : ['addReactions']);
			const others = message.reactions.filter((reaction) => reaction.emoji !== emoji || reaction.userId !== user);
			message.reactions = remove ? others : [...others, { emoji, userId: user }];
			core.messages.changed(message, 'reaction');
			core.events.reacted(message, { emoji, userId: user }, !remove);
		},
		startThread(thread) {
			requirePermission(core, thread.ownerId, placeOf(core, thread.channelId), [
				thread.isPrivate ? 'createPrivateThreads' : 'createPublicThreads',
			]);
			return startThread(core, thread);
		},
		async unfurl({ channel, messageId, url }) {
			const message = presentMessage(core, channel, messageId);
			message.embeds = [...message.embeds.filter(isJson), linkPreview(url)];
			core.messages.changed(message);
			core.events.messageChanged(message);
		},
		async startTyping({ user, channel }) {
			requirePermission(core, user, placeOf(core, channel), []);
			core.events.typing(placeOf(core, channel), user);
		},
	};
}

/** The channel, where this person can see it. */
export function presentChannel(core: Core, user: string, id: string): Channel {
	const channel = placeOf(core, id);
	requirePermission(core, user, channel, []);
	return channel;
}

/** The message, unless it was deleted. */
export function presentMessage(core: Core, channel: string, id: string): StoredMessage {
	const message = core.messages.get(channel, id);
	if (message === undefined || message.deleted) throw new TypeError(`no message ${id} in channel ${channel}`);
	return message;
}

/** "Message Types": an ordinary message, and a reply. */
const ordinary = 0;
const reply = 19;

function say(core: Core, saying: Saying): StoredMessage {
	const { user, text, replyTo, attachments = [] } = saying;
	const channel = placeOf(core, saying.channel);
	if (!saying.viaWebhook) checkMaySay(core, user, channel, attachments.length > 0);
	if (replyTo !== undefined) presentMessage(core, channel.id, replyTo);
	if (channel.thread?.archived) core.world.updateChannel(channel.id, { archived: false });
	const contents = readContents(core, saying);
	const content = saying.mentionBot ? `<@${core.identity.botUserId}> ${text}` : text;
	const reference = replyTo === undefined ? undefined : { messageId: replyTo, channelId: channel.id };
	const draft = { ...contents, content, authorId: user, reference };
	const mentions = mentionsOf(core, draft, channel, saying.pingReplied ?? true);
	if (channel.thread !== undefined) for (const id of [user, ...mentions.users]) core.world.joinThread(channel.id, id);
	const message = core.messages.add({
		...draft,
		channelId: channel.id,
		type: saying.type ?? (replyTo === undefined ? ordinary : reply),
		mentions,
		attachments: attachments.map((file) => core.files.add(file, channel.id)),
		webhook: saying.viaWebhook ? { id: core.snowflakes.next(), name: core.world.user(user)?.name ?? 'webhook' } : undefined,
		// What an app says carries the app's id; that of a stranger is as good as any.
		applicationId: saying.asBot ? user : undefined,
		nonce: core.snowflakes.next(),
	});
	core.events.messageCreated(message);
	return message;
}

function checkMaySay(core: Core, user: string, channel: Channel, withFiles: boolean): void {
	const sending = channel.guildId !== undefined && channel.thread !== undefined ? 'sendMessagesInThreads' : 'sendMessages';
	requirePermission(core, user, channel, withFiles ? [sending, 'attachFiles'] : [sending]);
	const isPending = core.world.guild(channel.guildId ?? '')?.members.get(user)?.isPending;
	if (isPending) throw new TypeError(`${user} has not agreed to the rules of the guild`);
	const mayManage = (core.world.permissionsOf(user, channel) & permissions.manageThreads) !== 0n;
	if (channel.thread?.locked && !mayManage) throw new TypeError(`thread ${channel.id} is locked`);
}

function mentionsOf(
	core: Core,
	message: Pick<StoredMessage, 'content' | 'components' | 'authorId' | 'reference'>,
	channel: Channel,
	pingReplied: boolean,
) {
	const { reference, authorId } = message;
	const repliedTo = reference && pingReplied ? core.messages.get(reference.channelId, reference.messageId)?.authorId : undefined;
	const author = { id: authorId, mayMentionEveryone: core.world.may(authorId, channel, 'mentionEveryone') };
	return resolveMentions(core.world, { ...message, channel }, { policy: regularPolicy, author, repliedTo });
}

function requirePermission(core: Core, user: string, channel: Channel, needed: Parameters<Core['world']['may']>[2][]): void {
	if (!core.world.may(user, channel, 'viewChannel', ...needed)) throw new TypeError(`${user} may not do that in channel ${channel.id}`);
}

function placeOf(core: Core, id: string): Channel {
	const channel = core.world.channel(id);
	if (channel === undefined) throw new TypeError(`no such channel: ${id}`);
	return channel;
}

function linkPreview(url: string): Json {
	return { type: 'link', url, title: 'A page', description: 'What the page says of itself' };
}
