/** What people do with the app's controls: press buttons, use commands, fill in modals. */

import { commandKinds } from './command-rules.ts';
import { mayUseCommand } from './commands.ts';
import { allComponents, componentTypes } from './components.ts';
import type { Core } from './core.ts';
import { interactionToWire } from './interaction-wire.ts';
import type { Interaction, InteractionResponse, NewInteraction } from './interactions.ts';
import { isJson, objectsOf, textOf } from './json.ts';
import { messageToWire } from './message-wire.ts';
import { enteredInto } from './modal-rules.ts';
import { presentChannel, presentMessage } from './people.ts';
import { optionData } from './slash-options.ts';
import type { Json, NewFile, VisibleMessage } from './types.ts';
import { toVisible } from './visible-message.ts';
import { memberToWire, userToWire } from './wire.ts';

export interface Press {
	user: string;
	channel: string;
	messageId: string;
	customId: string;
	/** For selects: what was chosen. */
	values?: readonly string[];
	locale?: string;
}

export interface SlashUse {
	user: string;
	channel: string;
	name: string;
	/** `add`, or `group add`. */
	subcommand?: string;
	/** Ids for people, roles and channels; a file for attachments. */
	options?: Readonly<Record<string, string | number | boolean | NewFile>>;
	/** The person's own locale when not given. */
	locale?: string;
}

export interface InteractionResult {
	readonly id: string;
	/** How the app answered; `none` when it did not within 3 s. */
	readonly response: InteractionResponse;
	/** Why Discord shows "The application did not respond". */
	readonly failure?: string;
	/** The answer as the person sees it now, ephemeral or not. */
	answer(): VisibleMessage | undefined;
	/** What came after the answer, as seen now. */
	followUps(): VisibleMessage[];
	/** The modal that opened. */
	readonly modal: Json | undefined;
}

/**
 * All of these resolve once the app answered or Discord gave up waiting, and throw TypeError when the person could not do it: no such
 * button or command, not allowed, not visible.
 */
export interface Interacting {
	press(press: Press): Promise<InteractionResult>;
	slash(use: SlashUse): Promise<InteractionResult>;
	/** Types into an option that asks for what it offers. @returns what is offered, as it is shown; null when the app did not answer in time. */
	type(typing: Omit<SlashUse, 'options'> & { option: string; typed: string }): Promise<string[] | null>;
	/** A command of the context menu of a message. */
	messageCommand(use: { user: string; channel: string; name: string; targetId: string; locale?: string }): Promise<InteractionResult>;
	/** Fills in the modal that an interaction opened: values by custom id. */
	submitModal(submission: { interactionId: string; values: Readonly<Record<string, string>>; locale?: string }): Promise<InteractionResult>;
}

/** "Message Types" of answers: to a slash command, to a command of the context menu, and others. */
const answerTypes = { slash: 20, contextMenu: 23, other: 19 } as const;

/** Creates the hands of people at the app's controls. */
export function createInteracting(core: Core): Interacting {
	return {
		press: async (press) => pressButton(core, press),
		slash: async (use) => useSlash(core, use),
		type: async (typing) => typeInto(core, typing),
		messageCommand: async (use) => useMessageCommand(core, use),
		submitModal: async (submission) => submitModal(core, submission),
	};
}

function pressButton(core: Core, { user, channel, messageId, customId, values, locale }: Press): Promise<InteractionResult> {
	presentChannel(core, user, channel);
	const source = presentMessage(core, channel, messageId);
	if (source.ephemeralFor !== undefined && source.ephemeralFor !== user) throw new TypeError(`${user} does not see message ${messageId}`);
	const found = allComponents(source.components).find(({ component }) => component.custom_id === customId)?.component;
	if (found === undefined || found.disabled === true) throw new TypeError(`no component ${customId} to use on message ${messageId}`);
	const isSelect = found.type !== componentTypes.button;
	const offered = new Set(objectsOf(found.options).map(({ value }) => value));
	const isOffered = (values ?? []).every((value) => offered.has(value));
	if (found.type === componentTypes.stringSelect && !isOffered)
		throw new TypeError(`no such option of ${customId} on message ${messageId}`);
	const data = { custom_id: customId, component_type: found.type, id: found.id, ...(isSelect && { values: [...(values ?? [])] }) };
	return start(core, { type: 3, userId: user, channelId: channel, source, answerType: answerTypes.other }, data, locale);
}

function useSlash(core: Core, { user, channel, name, subcommand, options = {}, locale }: SlashUse): Promise<InteractionResult> {
	const command = usableCommand(core, { user, channel, name, type: commandKinds.chatInput });
	const chosen = optionData(core, command, { path: (subcommand ?? '').split(' ').filter(Boolean), values: options, channelId: channel });
	const data = { ...commandFields(command), ...chosen };
	return start(core, { type: 2, userId: user, channelId: channel, commandName: name, answerType: answerTypes.slash }, data, locale);
}

async function typeInto(core: Core, { option, typed, ...use }: Parameters<Interacting['type']>[0]): Promise<string[] | null> {
	const { user, channel, name, subcommand = '', locale } = use;
	const command = usableCommand(core, { user, channel, name, type: commandKinds.chatInput });
	const level = objectsOf(command.options).find((inner) => inner.name === subcommand);
	const known = objectsOf(level?.options).find((inner) => inner.name === option);
	if (known?.autocomplete !== true) throw new TypeError(`nothing is offered for ${name} ${subcommand} ${option}`);
	const options = [{ name: subcommand, type: 1, options: [{ name: option, type: known.type, value: typed, focused: true }] }];
	const interaction = await send(
		core,
		{ type: 4, userId: user, channelId: channel, commandName: name, answerType: answerTypes.other },
		{ ...commandFields(command), options },
		locale,
	);
	return interaction.response === 'none' ? null : interaction.choices.map((choice) => textOf(choice.name));
}

function useMessageCommand(
	core: Core,
	{ user, channel, name, targetId, locale }: Parameters<Interacting['messageCommand']>[0],
): Promise<InteractionResult> {
	const command = usableCommand(core, { user, channel, name, type: commandKinds.message });
	const target = presentMessage(core, channel, targetId);
	// The app gets the whole message, whether or not it may read what people write (page "Gateway", Message Content Intent).
	const messages = { [targetId]: messageToWire(core, target, { readsContent: true }) };
	const author = core.world.user(target.authorId);
	const member = core.world.guild(core.world.channel(channel)?.guildId ?? '')?.members.get(target.authorId);
	const { user: _, ...partialMember } = member === undefined ? {} : memberToWire(core, member);
	const resolved = {
		messages,
		...(author !== undefined && { users: { [author.id]: userToWire(author) } }),
		...(member !== undefined && { members: { [member.userId]: partialMember } }),
	};
	const data = { ...commandFields(command), target_id: targetId, resolved };
	return start(core, { type: 2, userId: user, channelId: channel, commandName: name, answerType: answerTypes.contextMenu }, data, locale);
}

function submitModal(core: Core, { interactionId, values, locale }: Parameters<Interacting['submitModal']>[0]): Promise<InteractionResult> {
	const opener = core.interactions.find(interactionId);
	if (opener?.modal === undefined) throw new TypeError(`interaction ${interactionId} opened no modal`);
	const filled = fillIn(objectsOf(opener.modal.components), values);
	const data = { custom_id: textOf(opener.modal.custom_id), components: filled };
	const { userId, channelId, source } = opener;
	const next: NewInteraction = { type: 5, userId, channelId, answerType: answerTypes.other, ...(source !== undefined && { source }) };
	return start(core, next, data, locale);
}

/** Rows and labels with the inputs in them, each with what the person wrote; what is left out comes back as it was preset. */
function fillIn(components: readonly Json[], values: Readonly<Record<string, string>>): Json[] {
	return components.map((component) => {
		const inner = component.component;
		if (isJson(inner)) return { type: component.type, id: component.id, component: fillIn([inner], values)[0] };
		if (Array.isArray(component.components)) {
			return { type: component.type, id: component.id, components: fillIn(objectsOf(component.components), values) };
		}
		return enteredInto(component, values[String(component.custom_id)]);
	});
}

function usableCommand(core: Core, { user, channel, name, type }: { user: string; channel: string; name: string; type: number }): Json {
	const { guildId } = presentChannel(core, user, channel);
	const command = core.commands.find({ guildId, name, type });
	if (command === undefined) throw new TypeError(`no command ${name} in channel ${channel}`);
	if (!mayUseCommand(core, command, user, channel)) throw new TypeError(`${user} may not use ${name} in channel ${channel}`);
	return command;
}

function commandFields({ id, name, type, guild_id }: Json): Json {
	return { id, name, type, ...(guild_id !== undefined && { guild_id }) };
}

async function start(core: Core, input: NewInteraction, data: Json, locale: string | undefined): Promise<InteractionResult> {
	return resultOf(await send(core, input, data, locale));
}

async function send(core: Core, input: NewInteraction, data: Json, locale: string | undefined): Promise<Interaction> {
	const interaction = core.interactions.open(input);
	const guildId = core.world.channel(input.channelId)?.guildId;
	const spoken = locale ?? core.world.user(input.userId)?.locale ?? 'en-US';
	const payload = interactionToWire(core, interaction, { data, locale: spoken });
	core.gateway.dispatch({ name: 'INTERACTION_CREATE', intent: 0, guildId, data: () => payload });
	await core.interactions.settled(interaction);
	return interaction;
}

function resultOf(interaction: Interaction): InteractionResult {
	const { id, modal, response, followUps } = interaction;
	return {
		id,
		modal,
		response,
		...(response === 'none' && { failure: 'The application did not respond' }),
		answer: () => (interaction.original === undefined ? undefined : toVisible(interaction.original)),
		followUps: () => followUps.map(toVisible),
	};
}
