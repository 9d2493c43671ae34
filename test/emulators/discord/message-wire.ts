/** Messages in the form that the API and the gateway give them, with what the app may not read left out. */

import type { Core } from './core.ts';
import { type Json, messageFlags, type StoredFile, type StoredMessage } from './types.ts';
import { channelToWire, iso, partialMemberToWire, userToWire } from './wire.ts';

export interface Reader {
	/** Whether the app may read what people write. */
	readsContent: boolean;
}

/** The message as REST gives it to the bot. */
export function messageToWire(core: Core, message: StoredMessage, { readsContent }: Reader): Json {
	const { webhook } = message;
	const isReadable = readsContent || isAlwaysReadable(core, message);
	return {
		id: message.id,
		channel_id: message.channelId,
		type: message.type,
		author: authorToWire(core, message),
		timestamp: iso(message.createdAtMs),
		edited_timestamp: message.editedAtMs === null ? null : iso(message.editedAtMs),
		tts: false,
		pinned: false,
		flags: message.flags,
		mention_everyone: message.mentions.everyone,
		mentions: mentionsToWire(core, message),
		mention_roles: [...message.mentions.roles],
		content: isReadable ? message.content : '',
		attachments: isReadable ? attachmentsToWire(core, message) : [],
		embeds: isReadable && (message.flags & messageFlags.suppressEmbeds) === 0 ? structuredClone(message.embeds) : [],
		components: isReadable ? structuredClone(message.components) : [],
		...(isReadable && message.poll !== undefined && { poll: structuredClone(message.poll) }),
		...(message.stickers.length > 0 && { sticker_items: structuredClone(message.stickers) }),
		...(message.reactions.length > 0 && { reactions: reactionsToWire(core, message) }),
		...(webhook !== undefined && { webhook_id: webhook.id }),
		...(message.applicationId !== undefined && { application_id: message.applicationId }),
		...(message.interaction !== undefined && { webhook_id: core.identity.applicationId }),
		...interactionFields(core, message),
		...referenceFields(core, message, { readsContent }),
		...snapshotFields(core, message, { readsContent: isReadable }),
		...threadField(core, message),
	};
}

/** The message as MESSAGE_CREATE and MESSAGE_UPDATE bring it: with guild, member and, outside guilds, the channel's type. */
export function dispatchedMessage(core: Core, message: StoredMessage, reader: Reader): Json {
	const channel = core.world.channel(message.channelId);
	const guild = core.world.guild(channel?.guildId ?? '');
	const member = message.webhook === undefined ? guild?.members.get(message.authorId) : undefined;
	const wire = messageToWire(core, message, reader);
	const members = guild?.members;
	wire.mentions = (wire.mentions as Json[]).map((user) => {
		const mentioned = members?.get(String(user.id));
		return mentioned === undefined ? user : { ...user, member: partialMemberToWire(mentioned) };
	});
	return {
		...wire,
		channel_type: channel?.type,
		...(guild !== undefined && { guild_id: guild.id }),
		...(member !== undefined && { member: partialMemberToWire(member) }),
	};
}

export function attachmentToWire(core: Core, file: StoredFile): Json {
	const url = core.files.url(file);
	return {
		id: file.id,
		filename: file.name,
		size: file.sizeBytes,
		url,
		proxy_url: url,
		...(file.contentType !== undefined && { content_type: file.contentType }),
		...(file.description !== undefined && { description: file.description }),
	};
}

function attachmentsToWire(core: Core, { attachments, voiceSeconds }: StoredMessage): Json[] {
	const voice = voiceSeconds === undefined ? {} : { duration_secs: voiceSeconds, waveform: '' };
	return attachments.map((file) => ({ ...attachmentToWire(core, file), ...voice }));
}

/** A copy of what was forwarded, without its author ("Message Snapshot Structure"). */
function snapshotFields(core: Core, { snapshot }: StoredMessage, reader: Reader): Json {
	if (snapshot === undefined) return {};
	const whole = messageToWire(core, snapshot, reader);
	const fields = ['type', 'content', 'embeds', 'attachments', 'timestamp', 'edited_timestamp', 'flags', 'mentions', 'mention_roles'];
	const copy = Object.fromEntries(
		[...fields, 'sticker_items', 'components'].flatMap((field) => (field in whole ? [[field, whole[field]]] : [])),
	);
	const guildId = core.world.channel(snapshot.channelId)?.guildId;
	const reference = {
		type: 1,
		message_id: snapshot.id,
		channel_id: snapshot.channelId,
		...(guildId !== undefined && { guild_id: guildId }),
	};
	return { message_reference: reference, message_snapshots: [{ message: copy }] };
}

/** The app's own messages, direct ones and those that mention it (page "Gateway", Message Content Intent). */
function isAlwaysReadable(core: Core, message: StoredMessage): boolean {
	const { botUserId } = core.identity;
	const isDirect = core.world.channel(message.channelId)?.guildId === undefined;
	return isDirect || message.authorId === botUserId || message.mentions.users.includes(botUserId);
}

function authorToWire(core: Core, message: StoredMessage): Json {
	const { webhook, authorId } = message;
	if (webhook !== undefined) {
		return { id: webhook.id, username: webhook.name, discriminator: '0000', global_name: null, avatar: null, bot: true, public_flags: 0 };
	}
	const author = core.world.user(authorId);
	if (author === undefined) throw new TypeError(`no such author: ${authorId}`);
	return { ...userToWire(author), ...(message.applicationId !== undefined && { bot: true }) };
}

function mentionsToWire(core: Core, message: StoredMessage): Json[] {
	return message.mentions.users.flatMap((id) => {
		const user = core.world.user(id);
		return user === undefined ? [] : [userToWire(user)];
	});
}

function reactionsToWire(core: Core, message: StoredMessage): Json[] {
	const emojis = [...new Set(message.reactions.map(({ emoji }) => emoji))];
	return emojis.map((emoji) => {
		const of = message.reactions.filter((reaction) => reaction.emoji === emoji);
		const me = of.some(({ userId }) => userId === core.identity.botUserId);
		const count_details = { burst: 0, normal: of.length };
		return { emoji: { id: null, name: emoji }, count: of.length, count_details, me, me_burst: false, burst_colors: [] };
	});
}

function interactionFields(core: Core, { interaction }: StoredMessage): Json {
	const user = core.world.user(interaction?.userId ?? '');
	if (interaction === undefined || user === undefined) return {};
	const { id, type, commandName } = interaction;
	return {
		interaction_metadata: { id, type, user: userToWire(user), authorizing_integration_owners: {} },
		...(commandName !== undefined && { interaction: { id, type, name: commandName, user: userToWire(user) } }),
	};
}

/** Replies show what they answer; null when that was deleted. */
function referenceFields(core: Core, message: StoredMessage, reader: Reader): Json {
	const { reference } = message;
	if (reference === undefined) return {};
	const guildId = core.world.channel(reference.channelId)?.guildId;
	const target = core.messages.get(reference.channelId, reference.messageId);
	const isShown = target !== undefined && !target.deleted;
	const referenced = isShown ? { ...messageToWire(core, target, reader) } : null;
	if (referenced !== null) delete referenced.referenced_message;
	return {
		message_reference: {
			type: 0,
			message_id: reference.messageId,
			channel_id: reference.channelId,
			...(guildId !== undefined && { guild_id: guildId }),
		},
		referenced_message: referenced,
	};
}

function threadField(core: Core, message: StoredMessage): Json {
	const thread = (message.flags & messageFlags.hasThread) === 0 ? undefined : core.world.channel(message.id);
	return thread === undefined ? {} : { thread: channelToWire(core, thread) };
}
