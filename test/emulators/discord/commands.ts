/** The commands that the app has registered, everywhere and per guild. */

import { commandKinds } from './command-rules.ts';
import type { Core } from './core.ts';
import { refusal } from './failure.ts';
import { objectsOf, textOf } from './json.ts';
import type { Snowflakes } from './snowflake.ts';
import type { Json } from './types.ts';

export interface Commands {
	/** Without a guild, those that exist everywhere. */
	list(guildId?: string): Json[];
	/** Replaces them all; those whose name and type stay keep their id. @throws DiscordFailure 30034 */
	replace(guildId: string | undefined, commands: readonly Json[]): Json[];
	/** The one that a person meets in this place: the guild's own goes before the one that exists everywhere. */
	find(place: { guildId: string | undefined; name: string; type: number }): Json | undefined;
}

/** "Registering a Command": so many may be created per day, in each guild and everywhere. */
const dailyCreates = 200;
const dayMs = 24 * 60 * 60_000;
/** Interaction context types: in a guild, in the direct conversation with the bot. */
const guildContext = 0;
const directContext = 1;

/** Creates an empty registry. */
export function createCommands({
	applicationId,
	snowflakes,
	now,
}: {
	applicationId: string;
	snowflakes: Snowflakes;
	now: () => number;
}): Commands {
	const byScope = new Map<string, Json[]>();
	const creations = new Map<string, number[]>();
	const list = (guildId?: string) => byScope.get(guildId ?? '') ?? [];
	return {
		list: (guildId) => structuredClone(list(guildId)),
		replace(guildId, commands) {
			const scope = guildId ?? '';
			const known = (command: Json) => list(guildId).find((old) => old.name === command.name && old.type === (command.type ?? 1));
			const fresh = commands.filter((command) => known(command) === undefined).map(() => now());
			const today = [...(creations.get(scope) ?? []).filter((atMs) => atMs > now() - dayMs), ...fresh];
			if (today.length > dailyCreates) throw refusal(30034);
			creations.set(scope, today);
			const base = { application_id: applicationId, ...(guildId !== undefined && { guild_id: guildId }) };
			const replaced = commands.map((command) => ({
				...base,
				...completeCommand(command),
				id: textOf(known(command)?.id) || snowflakes.next(),
				version: snowflakes.next(),
			}));
			byScope.set(scope, replaced);
			return structuredClone(replaced);
		},
		find({ guildId, name, type }) {
			const isMeant = (command: Json) => command.name === name && command.type === type;
			const ofGuild = guildId === undefined ? undefined : list(guildId).find(isMeant);
			const context = guildId === undefined ? directContext : guildContext;
			const everywhere = list().find(isMeant);
			const isAllowed = everywhere?.contexts === null || (Array.isArray(everywhere?.contexts) && everywhere.contexts.includes(context));
			return ofGuild ?? (isAllowed ? everywhere : undefined);
		},
	};
}

/** Whether a member may use the command as far as its defaults go; admins of the guild could override that. */
export function mayUseCommand(core: Core, command: Json, userId: string, channelId: string): boolean {
	const channel = core.world.channel(channelId);
	if (channel?.guildId === undefined) return true;
	const granted = core.world.permissionsOf(userId, channel);
	const { default_member_permissions: needed } = command;
	if (!core.world.may(userId, channel, 'useApplicationCommands')) return false;
	if (typeof needed !== 'string') return true;
	if (needed === '0') return core.world.may(userId, channel, 'administrator');
	return (granted & BigInt(needed)) === BigInt(needed);
}

function completeCommand(command: Json): Json {
	const type = command.type ?? commandKinds.chatInput;
	return {
		name_localizations: null,
		description_localizations: null,
		default_member_permissions: null,
		contexts: null,
		integration_types: [0],
		nsfw: false,
		...structuredClone(command),
		type,
		description: textOf(command.description),
		options: objectsOf(command.options),
	};
}
