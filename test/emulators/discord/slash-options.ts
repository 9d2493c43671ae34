/** What a person typed into a command's options, in the form that the interaction brings it. */

import type { Core } from './core.ts';
import { isJson, objectsOf, textOf } from './json.ts';
import { attachmentToWire } from './message-wire.ts';
import type { Json, NewFile } from './types.ts';
import { channelToWire, memberToWire, roleToWire, userToWire } from './wire.ts';

/** "Application Command Option Type". */
const optionTypes = {
	subcommand: 1,
	group: 2,
	string: 3,
	integer: 4,
	user: 6,
	channel: 7,
	role: 8,
	mentionable: 9,
	attachment: 11,
} as const;
/** "Application Command Option Structure": the longest string without a rule of its own. */
const stringLimit = 6_000;

export interface Typed {
	/** Group and subcommand, outermost first; empty for commands without. */
	path: readonly string[];
	values: Readonly<Record<string, string | number | boolean | NewFile>>;
	channelId: string;
}

/** `options` and `resolved` of the interaction. @throws TypeError for what Discord's client would not let through */
export function optionData(core: Core, command: Json, { path, values, channelId }: Typed): Json {
	let level = command;
	for (const name of path) {
		const inner = objectsOf(level.options).find((option) => option.name === name && isNesting(option));
		if (inner === undefined) throw new TypeError(`no subcommand ${path.join(' ')} of ${textOf(command.name)}`);
		level = inner;
	}
	const known = objectsOf(level.options);
	if (known.some(isNesting)) throw new TypeError(`${textOf(command.name)} needs a subcommand`);
	for (const name of Object.keys(values)) if (!known.some((option) => option.name === name)) throw new TypeError(`no option ${name}`);
	const resolved: Record<string, Record<string, Json>> = {};
	const leaves = known.flatMap((option) => {
		const value = values[textOf(option.name)];
		if (value === undefined && option.required === true) throw new TypeError(`option ${textOf(option.name)} is required`);
		if (value === undefined) return [];
		return [{ name: option.name, type: option.type, value: resolve(core, { option, value, channelId }, resolved) }];
	});
	const options = [...path].reverse().reduce<Json[]>((inner, name, index) => {
		const type = index === 0 ? optionTypes.subcommand : optionTypes.group;
		return [{ name, type, options: inner }];
	}, leaves);
	return { options, ...(Object.keys(resolved).length > 0 && { resolved }) };
}

function isNesting({ type }: Json): boolean {
	return type === optionTypes.subcommand || type === optionTypes.group;
}

function resolve(
	core: Core,
	{ option, value, channelId }: { option: Json; value: string | number | boolean | NewFile; channelId: string },
	resolved: Record<string, Record<string, Json>>,
): string | number | boolean {
	const put = (kind: string, id: string, wire: Json) => {
		resolved[kind] = { ...resolved[kind], [id]: wire };
	};
	if (isJson(value)) {
		if (option.type !== optionTypes.attachment) throw new TypeError(`option ${textOf(option.name)} takes no file`);
		const file = core.files.add(value as unknown as NewFile, channelId);
		put('attachments', file.id, attachmentToWire(core, file));
		return file.id;
	}
	checkNumber(option, value as string | number | boolean);
	checkText(option, value as string | number | boolean);
	const id = String(value);
	const guild = core.world.guild(core.world.channel(channelId)?.guildId ?? '');
	const user = core.world.user(id);
	const role = guild?.roles.get(id);
	if (user !== undefined && (option.type === optionTypes.user || option.type === optionTypes.mentionable)) {
		put('users', id, userToWire(user));
		const member = guild?.members.get(id);
		if (member !== undefined) {
			const { user: _, ...partial } = memberToWire(core, member);
			put('members', id, { ...partial, permissions: '0' });
		}
	}
	if (role !== undefined && (option.type === optionTypes.role || option.type === optionTypes.mentionable))
		put('roles', id, roleToWire(role));
	const channel = core.world.channel(id);
	if (channel !== undefined && option.type === optionTypes.channel)
		put('channels', id, { ...channelToWire(core, channel), permissions: '0' });
	return value as string | number | boolean;
}

function checkNumber(option: Json, value: string | number | boolean): void {
	const { type, min_value: min, max_value: max } = option;
	if (type !== optionTypes.integer) return;
	const isInRange = (typeof min !== 'number' || Number(value) >= min) && (typeof max !== 'number' || Number(value) <= max);
	if (!Number.isInteger(value) || !isInRange) throw new TypeError(`option ${textOf(option.name)} takes no ${String(value)}`);
}

function checkText(option: Json, value: string | number | boolean): void {
	const choices = objectsOf(option.choices);
	if (choices.length > 0 && !choices.some((choice) => choice.value === value)) throw new TypeError(`${String(value)} is not a choice`);
	if (typeof value !== 'string' || option.type !== optionTypes.string) return;
	const max = typeof option.max_length === 'number' ? option.max_length : stringLimit;
	const min = typeof option.min_length === 'number' ? option.min_length : 0;
	if (value.length > max || value.length < min) throw new TypeError(`option ${textOf(option.name)} must be ${min} to ${max} long`);
}
