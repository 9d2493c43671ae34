/** Makes a message out of what the app sent, or changes one: rules, uploads, mentions. Shared by channels and interactions. */

import { requirePermissions } from './access.ts';
import { withIds } from './components.ts';
import type { Core } from './core.ts';
import { invalidForm, refusal, refuseIfInvalid } from './failure.ts';
import { numberOf, objectsOf, textOf } from './json.ts';
import { type MentionPolicy, readPolicy, resolveMentions } from './mentions.ts';
import { messageProblems } from './message-rules.ts';
import type { Draft } from './messages.ts';
import type { UploadedFile } from './request-body.ts';
import { type Channel, type Json, messageFlags, type StoredFile, type StoredMessage } from './types.ts';

/** "Attachments" of the page "Messages Resource". */
const attachmentLimit = 10;
/** What a bot may upload without boosts (page "API Reference", Uploading Files). */
export const uploadLimitBytes = 10 * 1024 * 1024;

export interface Composition {
	given: Json;
	files: UploadedFile[];
	channel: Channel;
	/** What counts without `allowed_mentions`. */
	absentPolicy: MentionPolicy;
	/** Flags that this call may set. */
	settableFlags: number;
}

/** The parts of a new message that come from the app's words. @throws DiscordFailure 50035, 50006, 30015, 40005, 50013, 200000 */
export function composeMessage(core: Core, composition: Composition, repliedTo: string | undefined): Omit<Draft, 'channelId' | 'authorId'> {
	const { given, channel, settableFlags } = composition;
	const flags = numberOf(given.flags) & settableFlags;
	refuseIfInvalid(messageProblems(given, (flags & messageFlags.componentsV2) !== 0));
	const content = textOf(given.content).trim();
	const embeds = readEmbeds(given.embeds);
	const components = withIds(objectsOf(given.components));
	refuseIfEmpty({ content, embeds, components, attachmentCount: composition.files.length });
	refuseIfModerated(core, channel, content);
	checkUploads(core, composition, 0);
	const attachments = composition.files.map((file) => storeUpload(core, composition, file));
	const mentions = mentionsOf(core, { content, components, channel }, composition, repliedTo);
	return { content, embeds, components, attachments, flags, mentions };
}

/** Changes the message as the app says; what it leaves out stays. @throws DiscordFailure as `composeMessage` */
export function reviseMessage(core: Core, message: StoredMessage, composition: Composition): void {
	const { given, channel, settableFlags } = composition;
	const kept = message.flags & ~(messageFlags.suppressEmbeds | messageFlags.loading);
	const wished = given.flags === undefined || given.flags === null ? message.flags & messageFlags.suppressEmbeds : numberOf(given.flags);
	const flags = kept | (wished & settableFlags);
	const isV2 = (flags & messageFlags.componentsV2) !== 0;
	refuseIfInvalid([...messageProblems(given, isV2), ...conversionProblems(message, given, isV2)]);
	const content = given.content === undefined ? message.content : textOf(given.content).trim();
	const embeds = given.embeds === undefined ? message.embeds : readEmbeds(given.embeds);
	const components = given.components === undefined ? message.components : withIds(objectsOf(given.components));
	const remaining = keptAttachments(message, given);
	refuseIfEmpty({ content, embeds, components, attachmentCount: remaining.length + composition.files.length });
	refuseIfModerated(core, composition.channel, content);
	checkUploads(core, composition, remaining.length);
	const attachments = [...remaining, ...composition.files.map((file) => storeUpload(core, composition, file))];
	Object.assign(message, { content, embeds, components, attachments, flags });
	const repliedTo = message.reference && core.messages.get(message.reference.channelId, message.reference.messageId)?.authorId;
	core.messages.address(message, mentionsOf(core, { content, components, channel }, composition, repliedTo));
}

function readEmbeds(given: unknown): Json[] {
	return objectsOf(given).map((embed) => ({ type: 'rich', ...structuredClone(embed) }));
}

function refuseIfEmpty(parts: { content: string; embeds: Json[]; components: Json[]; attachmentCount: number }): void {
	const isEmpty = parts.content === '' && parts.embeds.length === 0 && parts.components.length === 0 && parts.attachmentCount === 0;
	if (isEmpty) throw refusal(50006);
}

/** "Auto Moderation": keyword rules look at messages that are sent or edited; who may manage the guild is exempt. */
function refuseIfModerated({ world, identity }: Core, channel: Channel, content: string): void {
	const words = world.guild(channel.guildId ?? '')?.blockedWords ?? [];
	if (!words.some((word) => content.toLowerCase().includes(word.toLowerCase()))) return;
	if (!world.may(identity.botUserId, channel, 'manageGuild')) throw refusal(200000);
}

/** The flag cannot be taken off, and what the old kind had must be cleared when it is put on. */
function conversionProblems(message: StoredMessage, given: Json, isV2: boolean) {
	if (!isV2 || (message.flags & messageFlags.componentsV2) !== 0) return [];
	const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
	const left = [
		...(message.content !== '' && given.content === undefined ? ['content'] : []),
		...(message.embeds.length > 0 && given.embeds === undefined ? ['embeds'] : []),
	];
	return left.map((field) => ({
		path: [field],
		code,
		message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
	}));
}

/** In v10 an edit that names attachments keeps only those it lists (page "Messages Resource", Edit Message). */
function keptAttachments(message: StoredMessage, { attachments }: Json): StoredFile[] {
	if (attachments === undefined) return message.attachments;
	const listed = new Set(objectsOf(attachments).map(({ id }) => String(id)));
	return message.attachments.filter(({ id }) => listed.has(id));
}

function checkUploads(core: Core, { given, files, channel }: Composition, alreadyThere: number): void {
	if (files.length === 0) return;
	if (files.length + alreadyThere > attachmentLimit) throw refusal(30015);
	if (files.some(({ content }) => content.length > uploadLimitBytes)) throw refusal(40005);
	requirePermissions(core, channel, 'attachFiles');
	const described = objectsOf(given.attachments).map(({ id }) => String(id));
	const unknown = described.filter((id) => id.length < 17 && !files.some(({ index }) => index === id));
	if (unknown.length > 0) {
		const path = ['attachments', described.indexOf(unknown[0] ?? ''), 'id'];
		throw invalidForm([{ path, code: 'ATTACHMENT_NOT_FOUND', message: 'No file was uploaded for this attachment' }]);
	}
}

function storeUpload(core: Core, { given, channel }: Composition, file: UploadedFile): StoredFile {
	const described = objectsOf(given.attachments).find(({ id }) => String(id) === file.index);
	const name = textOf(described?.filename) || file.name;
	const { content, contentType } = file;
	const stored = core.files.add({ name, content, ...(contentType !== undefined && { contentType }) }, channel.id);
	stored.description = textOf(described?.description) || undefined;
	return stored;
}

function mentionsOf(
	core: Core,
	message: Parameters<typeof resolveMentions>[1],
	{ given, absentPolicy }: Composition,
	repliedTo: string | undefined,
) {
	const { botUserId } = core.identity;
	const mayMentionEveryone = core.world.may(botUserId, message.channel, 'mentionEveryone');
	const policy = readPolicy(given.allowed_mentions, absentPolicy);
	return resolveMentions(core.world, message, { policy, author: { id: botUserId, mayMentionEveryone }, repliedTo });
}

/** The flags that a message in a channel may set. */
export const channelFlags = messageFlags.suppressEmbeds | messageFlags.suppressNotifications | messageFlags.componentsV2;
