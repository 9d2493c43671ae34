/** Interactions in the core's words: commands, the entry in a message's menu, buttons. Pure. */

import { botDescription } from '#src/commands/description.ts';
import type { Attachment, ButtonPressed, CommandInvoked, FilesOffered, MessageReceived } from '#src/platform/chat-event.ts';
import type { FormInputs, FormTicket } from '#src/platform/form.ts';
import { parseButton } from './format.ts';
import { readModal } from './forms.ts';
import { actorOf, attachmentsOf, type DiscordChannel, happening, placeOf } from './inbound.ts';
import { asId, asObject, asObjects, asText, type Json, timeOf } from './json.ts';
import { accountTenant } from './profiles.ts';
import { isFromApp, readWords, type WordsReading } from './words.ts';

/** What every interaction says of itself. */
interface InteractionBase {
	id: string;
	token: string;
	accountId: string;
	/** As Discord names it: `es-ES`, `en-US`; empty when it does not. */
	locale: string;
	channel: DiscordChannel;
}

export type Interaction = InteractionBase &
	(
		| { kind: 'command'; text: string; options: Record<string, string> }
		| { kind: 'form'; text: string; inputs: FormInputs; ticket: FormTicket }
		| { kind: 'ask'; target: Json }
		| { kind: 'offer'; target: Json }
		| { kind: 'typing'; command: string; argument: string; typed: string }
		| { kind: 'press'; customId: string; chosen: string; message: Json }
		/** Of another version, or another kind: there is nothing to do but to say so. */
		| { kind: 'unknown' }
	);

/** "Interaction Type", "Application Command Types", "Component Types", "Application Command Option Type". */
const commandInteraction = 2;
const componentInteraction = 3;
const typingInteraction = 4;
const modalInteraction = 5;
const chatInputCommand = 1;
const messageCommand = 3;
const subcommandTypes = new Set<unknown>([1, 2]);
const threadTypes = new Set<unknown>([10, 11, 12]);

/** "Application Command Option Structure", `max_length`. */
const mostTypedCharacters = 6_000;

/** Null for what is no interaction at all. */
export function readInteraction(payload: Json): Interaction | null {
	const user = asObject(asObject(payload['member'])['user'] ?? payload['user']);
	const channelId = asId(payload['channel_id']) || asId(asObject(payload['channel'])['id']);
	const guildId = asId(payload['guild_id']);
	const base: InteractionBase = {
		id: asId(payload['id']),
		token: asText(payload['token']),
		accountId: asId(user['id']),
		locale: asText(payload['locale']),
		channel: { id: channelId, guildId: guildId === '' ? null : guildId, isThread: threadTypes.has(asObject(payload['channel'])['type']) },
	};
	// The token is a part of addresses.
	if (base.id === '' || base.accountId === '' || channelId === '' || !/^[\w.~-]{1,1000}$/.test(base.token)) return null;
	const data = asObject(payload['data']);
	if (payload['type'] === componentInteraction) {
		const customId = asText(data['custom_id']);
		const [chosen] = Array.isArray(data['values']) ? data['values'] : [];
		return { ...base, kind: 'press', customId, chosen: asText(chosen), message: asObject(payload['message']) };
	}
	if (payload['type'] === modalInteraction) {
		const form = readModal(data);
		return form === null ? { ...base, kind: 'unknown' } : { ...base, kind: 'form', ...form };
	}
	if (payload['type'] === typingInteraction) return { ...base, kind: 'typing', ...typedNow(data) };
	return payload['type'] === commandInteraction ? readCommand(base, data) : { ...base, kind: 'unknown' };
}

function readCommand(base: InteractionBase, data: Json): Interaction {
	if (data['type'] === chatInputCommand) return { ...base, kind: 'command', text: wordsOf(data).join(' '), options: optionsOf(data) };
	const target = asObject(asObject(asObject(data['resolved'])['messages'])[asText(data['target_id'])]);
	if (data['type'] !== messageCommand || asId(target['id']) === '') return { ...base, kind: 'unknown' };
	return { ...base, kind: data['name'] === botDescription.takeFiles.en ? 'offer' : 'ask', target };
}

/** From a menu, or as a form makes it. */
interface InvokedCommand {
	text: string;
	options?: FormInputs;
	ticket?: FormTicket;
}

/** Discord has commands in channels and threads, but not in a chain of replies: the place has no thread. */
export function toCommand(interaction: InteractionBase & InvokedCommand, replyHandle: string): CommandInvoked {
	const place = placeOf(interaction.channel, '');
	return {
		type: 'command-invoked',
		...happening(place, `interaction:${interaction.id}`, timeOf(interaction.id)),
		...localeOf(interaction),
		place,
		actor: { tenantId: accountTenant, accountId: interaction.accountId },
		text: interaction.text,
		...(interaction.options === undefined ? {} : { options: interaction.options }),
		...(interaction.ticket === undefined ? {} : { form: interaction.ticket }),
		replyHandle,
	};
}

/** Null when the button is none of ours. */
export function toPress(interaction: Interaction & { kind: 'press' }, rootId: string, replyHandle: string): ButtonPressed | null {
	const mark = parseButton(interaction.customId, interaction.chosen);
	const messageId = asId(interaction.message['id']);
	if (mark === null || messageId === '') return null;
	const place = placeOf(interaction.channel, rootId);
	return {
		type: 'button-pressed',
		...happening(place, `interaction:${interaction.id}`, timeOf(interaction.id)),
		...localeOf(interaction),
		place,
		actor: { tenantId: accountTenant, accountId: interaction.accountId },
		messageId,
		button: mark.action,
		replyHandle,
	};
}

/** Somebody asks about a message, their own or another's: the question is what that message says, and the answer a reply to it. */
export function toQuestion(interaction: Interaction & { kind: 'ask' }, reading: WordsReading, rootId: string): MessageReceived {
	const { target, channel, id, accountId } = interaction;
	const targetId = asId(target['id']);
	const place = placeOf(channel, rootId);
	const attachments: Attachment[] = attachmentsOf(target, channel.id);
	return {
		type: 'message-received',
		...happening(place, `interaction:${id}`, timeOf(id)),
		...localeOf(interaction),
		place,
		// The same message may be asked about more than once, and by several people.
		messageId: `${targetId}.${id}`,
		author: actorOf({ id: accountId }),
		...readWords(target, reading, { files: 'beside', answered: 'whole' }),
		addressedBy: 'mention',
		startsThread: place.threadId === targetId,
		attachments,
	};
}

/** Somebody wants the files of a message, their own or another's, among the documents of its channel. */
export function toOffer(interaction: Interaction & { kind: 'offer' }, botUserId: string, replyHandle: string): FilesOffered {
	const { target, channel, id, accountId } = interaction;
	const messageId = asId(target['id']);
	const place = placeOf(channel, '');
	const authorId = asId(asObject(target['author'])['id']);
	return {
		type: 'files-offered',
		...happening(place, `interaction:${id}`, timeOf(id)),
		...localeOf(interaction),
		place,
		actor: actorOf({ id: accountId }),
		messageId,
		sharedBy: isFromApp(target) ? null : actorOf({ id: authorId }),
		sharedAt: new Date(timeOf(messageId)).toISOString(),
		files: authorId === botUserId ? [] : attachmentsOf(target, channel.id),
		replyHandle,
	};
}

/** The message on Discord that a message id of an event stands for. */
export function messageOf(messageId: string): string {
	return messageId.split('.', 1)[0] ?? '';
}

/**
 * `/ccb stop`: subcommands by their names, options by what was typed; `/ccb-admin` has none of the names of `/ccb`, so that the root says
 * nothing. Groups hold subcommands, those hold options, and nothing is deeper ("Subcommands and Subcommand Groups").
 */
function wordsOf(data: Json, depth = 0): string[] {
	return asObjects(data['options']).flatMap((option) => {
		if (subcommandTypes.has(option['type'])) return depth < 2 ? [asText(option['name']), ...wordsOf(option, depth + 1)] : [];
		const value = typedInto(option);
		return value === null ? [] : [value];
	});
}

/** "Autocomplete": the option that has the focus, below a subcommand. Each of ours is typed text. */
function typedNow(data: Json): { command: string; argument: string; typed: string } {
	const [subcommand] = asObjects(data['options']);
	const focused = asObjects(subcommand?.['options']).find((option) => option['focused'] === true);
	return {
		command: asText(subcommand?.['name']),
		argument: asText(focused?.['name']),
		typed: asText(focused?.['value']).slice(0, mostTypedCharacters),
	};
}

/** What was typed into each of the options, by their names. */
function optionsOf(data: Json, depth = 0): Record<string, string> {
	const pairs = asObjects(data['options']).flatMap((option): [string, string][] => {
		if (subcommandTypes.has(option['type'])) return depth < 2 ? Object.entries(optionsOf(option, depth + 1)) : [];
		const value = typedInto(option);
		return value === null ? [] : [[asText(option['name']), value]];
	});
	return Object.fromEntries(pairs);
}

function typedInto({ value }: Json): string | null {
	if (typeof value === 'string') return withReferences(value.slice(0, mostTypedCharacters));
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Who is named in what somebody typed for a command, people and roles alike: as the core refers to them, for their names are anybody's. */
function withReferences(typed: string): string {
	return typed.replace(/<@[!&]?(\d{15,20})>/g, (_mention, id: string) => `discord:${accountTenant}:${id}`);
}

function localeOf({ locale }: InteractionBase): { locale?: string } {
	return locale === '' ? {} : { locale };
}
