/** The app answers an interaction: at once, later, and with more messages (page "Receiving and Responding"). */

import { choiceProblems } from './command-rules.ts';
import { channelFlags, composeMessage, reviseMessage } from './compose.ts';
import type { Core } from './core.ts';
import { invalidForm, refusal, refuseIfInvalid } from './failure.ts';
import type { Interaction } from './interactions.ts';
import { isJson, numberOf, objectsOf } from './json.ts';
import { webhookPolicy } from './mentions.ts';
import { modalProblems } from './modal-rules.ts';
import { removeMessages } from './posting.ts';
import type { UploadedFile } from './request-body.ts';
import { type Channel, type Json, messageFlags, type StoredMessage } from './types.ts';

/** "Interaction Callback Type". */
const callbackTypes = { message: 4, deferredMessage: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;
/** "Interaction Type", APPLICATION_COMMAND_AUTOCOMPLETE. */
const typing = 4;

interface Words {
	given: Json;
	files: UploadedFile[];
}

/** The first answer. @throws DiscordFailure 50035 for a type that does not fit, and as `composeMessage` */
export function answerInteraction(core: Core, interaction: Interaction, { given, files }: Words): void {
	const words = { given: isJson(given.data) ? given.data : {}, files };
	const hasSource = interaction.source !== undefined;
	if ((interaction.type === typing) !== (given.type === callbackTypes.choices)) throw wrongType();
	switch (given.type) {
		case callbackTypes.message:
			interaction.original = addMessage(core, interaction, words, interaction.answerType);
			interaction.response = 'message';
			return;
		case callbackTypes.deferredMessage:
			interaction.original = addPlaceholder(core, interaction, words.given);
			interaction.response = 'deferred-message';
			return;
		case callbackTypes.deferredUpdate:
			if (!hasSource) throw wrongType();
			interaction.original = interaction.source;
			interaction.response = 'deferred-update';
			return;
		case callbackTypes.update:
			if (interaction.source === undefined) throw wrongType();
			changeMessage(core, interaction.source, words);
			interaction.original = interaction.source;
			interaction.response = 'update';
			return;
		case callbackTypes.choices:
			refuseIfInvalid(choiceProblems(words.given, ['data']));
			interaction.choices = objectsOf(words.given.choices);
			interaction.response = 'choices';
			return;
		case callbackTypes.modal:
			if (interaction.type === 5) throw wrongType();
			refuseIfInvalid(modalProblems(words.given));
			interaction.modal = words.given;
			interaction.response = 'modal';
			core.notify({ type: 'modal', channelId: interaction.channelId, id: '' });
			return;
		default:
			throw wrongType();
	}
}

/** A further message; right after a deferral it fills the placeholder instead (same page, Create Followup Message). */
export function followUp(core: Core, interaction: Interaction, words: Words): StoredMessage {
	const { original } = interaction;
	if (original !== undefined && !original.deleted && (original.flags & messageFlags.loading) !== 0) {
		changeMessage(core, original, words);
		return original;
	}
	const message = addMessage(core, interaction, words, 19);
	interaction.followUps.push(message);
	return message;
}

/** Changes a message of the interaction. @throws DiscordFailure as `composeMessage` */
export function changeMessage(core: Core, message: StoredMessage, { given, files }: Words): void {
	const wasThinking = (message.flags & messageFlags.loading) !== 0;
	const channel = channelOf(core, message.channelId);
	reviseMessage(core, message, { given, files, channel, absentPolicy: webhookPolicy, settableFlags: channelFlags });
	// What was never shown is not marked as edited.
	if (!wasThinking) message.editedAtMs = core.now();
	core.messages.changed(message);
	core.events.messageChanged(message);
}

/** @throws DiscordFailure 10015 for answers without a message, 10008 for messages that are gone or not the interaction's */
export function messageOf(interaction: Interaction, id: string | undefined): StoredMessage {
	if (id === '@original' && interaction.original === undefined) throw refusal(10015);
	const known = [...(interaction.original === undefined ? [] : [interaction.original]), ...interaction.followUps];
	const message = id === '@original' ? interaction.original : known.find((each) => each.id === id);
	if (message === undefined || message.deleted) throw refusal(10008);
	return message;
}

/** Takes a message of the interaction away. */
export function withdraw(core: Core, message: StoredMessage): void {
	removeMessages(core, [message]);
}

function addMessage(core: Core, interaction: Interaction, { given, files }: Words, type: number): StoredMessage {
	const channel = channelOf(core, interaction.channelId);
	const settableFlags = channelFlags | messageFlags.ephemeral;
	const parts = composeMessage(core, { given, files, channel, absentPolicy: webhookPolicy, settableFlags }, undefined);
	return place(core, interaction, parts, type);
}

function addPlaceholder(core: Core, interaction: Interaction, given: Json): StoredMessage {
	const flags = numberOf(given.flags);
	if ((flags & ~messageFlags.ephemeral) !== 0) {
		throw invalidForm([
			{ path: ['data', 'flags'], code: 'BASE_TYPE_CHOICES', message: 'Only the flag EPHEMERAL can be set on a deferral.' },
		]);
	}
	return place(core, interaction, { flags: flags | messageFlags.loading }, interaction.answerType);
}

function place(core: Core, interaction: Interaction, parts: Partial<StoredMessage>, type: number): StoredMessage {
	const { id, type: interactionType, userId, commandName, source, original, channelId } = interaction;
	const answered = original ?? source;
	const isEphemeral = (numberOf(parts.flags) & messageFlags.ephemeral) !== 0;
	const message = core.messages.add({
		...parts,
		channelId,
		authorId: core.identity.botUserId,
		applicationId: core.identity.applicationId,
		type,
		interaction: { id, type: interactionType, userId, ...(commandName !== undefined && { commandName }) },
		ephemeralFor: isEphemeral ? userId : undefined,
		reference: type === 19 && answered !== undefined ? { messageId: answered.id, channelId: answered.channelId } : undefined,
	});
	core.events.messageCreated(message);
	return message;
}

function channelOf(core: Core, id: string): Channel {
	const channel = core.world.channel(id);
	if (channel === undefined) throw refusal(10003);
	return channel;
}

function wrongType() {
	return invalidForm([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message: 'This type of callback does not fit the interaction.' }]);
}
