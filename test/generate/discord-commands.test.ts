import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BotDescription, botDescription } from '#src/commands/description.ts';
import type { Translated } from '#src/locales/locales.ts';
import { discordCommands, discordInviteUrl } from '../../adapters/discord/commands.ts';
import { withCommands } from './more-commands.ts';

/** Discord's "Application Commands": command, option and description limits. Names of slash commands have no capitals. */
const slashName = z
	.string()
	.regex(/^[-_'\p{L}\p{N}]{1,32}$/u)
	.refine((name) => name === name.toLowerCase());
const text = z.string().min(1).max(100);
const translated = <T extends z.ZodType>(value: T) => z.strictObject({ 'es-ES': value, 'es-419': value });
const described = {
	name: slashName,
	name_localizations: translated(slashName),
	description: text,
	description_localizations: translated(text),
};
const choice = z.strictObject({ name: text, name_localizations: translated(text), value: text });
const argument = z.union([
	z.strictObject({ type: z.literal(3), ...described, required: z.boolean(), choices: z.array(choice).min(1).max(25).optional() }),
	z.strictObject({ type: z.literal(3), ...described, required: z.boolean(), autocomplete: z.literal(true) }),
	z.strictObject({ type: z.literal(4), ...described, required: z.boolean(), min_value: z.int(), max_value: z.int() }),
]);
const subcommand = z.strictObject({ type: z.literal(1), ...described, options: z.array(argument).max(25).optional() });
const where = { contexts: z.tuple([z.literal(0), z.literal(1)]), integration_types: z.tuple([z.literal(0)]) };
const root = z.strictObject({
	type: z.literal(1),
	name: slashName,
	description: text,
	description_localizations: translated(text),
	options: z.array(subcommand).min(1).max(25),
	default_member_permissions: z.literal('0').optional(),
	...where,
});
type Described = Pick<z.infer<typeof subcommand>, keyof typeof described>;
const menuName = z.string().min(1).max(32);
const menuEntry = z.strictObject({ type: z.literal(3), name: menuName, name_localizations: translated(menuName), ...where });
const schema = z.array(z.discriminatedUnion('type', [root, menuEntry]));

const read = (description: BotDescription) => {
	const commands = schema.parse(discordCommands(description));
	return { roots: commands.filter((command) => command.type === 1), entries: commands.filter((command) => command.type === 3) };
};

describe("the bot's commands on Discord", () => {
	it('stand each below a root, in both kinds of Spanish too, with what can be typed after them', () => {
		const shown = ({ name, name_localizations: names, description, description_localizations: about }: Described) => ({
			names: [name, ...Object.values(names)],
			about: [description, ...Object.values(about)],
		});
		const expected = ({ names, about }: { names: Translated; about: Translated }) => ({
			names: [names.en, names.es, names.es],
			about: [about.en, about.es, about.es],
		});
		const subcommands = read(botDescription).roots.flatMap(({ options }) => options);
		expect(subcommands.map(shown)).toEqual(botDescription.commands.map(expected));
		expect(subcommands.map(({ options }) => options?.map(shown) ?? [])).toEqual(
			botDescription.commands.map(({ arguments: all }) => [
				...all.filter(({ mayBeLeftOut }) => !mayBeLeftOut).map(expected),
				...all.filter(({ mayBeLeftOut }) => mayBeLeftOut).map(expected),
			]),
		);
	});

	it('offer the words that can be typed, and take numbers as numbers', () => {
		const options = new Map(
			read(botDescription).roots.flatMap((root) => root.options.map(({ name, options: own = [] }) => [name, own] as const)),
		);
		const [action] = options.get('queue') ?? [];
		const choices =
			action !== undefined && 'choices' in action
				? action.choices?.map(({ name, name_localizations: names, value }) => [value, name, names['es-ES']])
				: [];
		expect(choices).toEqual([
			['show', 'show', 'ver'],
			['pause', 'pause', 'pausar'],
			['resume', 'resume', 'reanudar'],
			['drain', 'drain', 'vaciar'],
		]);
		expect(options.get('audit')).toMatchObject([
			{ name: 'who', type: 3, required: true },
			{ name: 'why', type: 3, required: true },
			{ name: 'count', type: 4, required: false, min_value: 1, max_value: 50 },
		]);
	});

	it('ask for what can be typed that is known at run time alone', () => {
		const completed = read(botDescription).roots.flatMap((root) =>
			root.options.flatMap(({ name, options: own = [] }) =>
				own.flatMap((option) => ('autocomplete' in option ? [`${name} ${option.name}`] : [])),
			),
		);
		expect(completed).toEqual(['model model', 'admin order']);
	});

	it('are open to everyone unless they are for administrators, who have a root of their own', () => {
		const { roots } = read(withCommands(2, 'administrators'));
		expect(roots.map(({ name, default_member_permissions: allowed }) => [name, allowed])).toEqual([
			['ccb', undefined],
			['ccb-admin', '0'],
		]);
		expect(roots[1]?.options.slice(0, 2).map(({ name }) => name)).toEqual(['extra0', 'extra1']);
		const without = { ...botDescription, commands: botDescription.commands.filter(({ audience }) => audience === 'everyone') };
		expect(read(without).roots.map(({ name }) => name)).toEqual(['ccb']);
	});

	it("have entries in a message's menu, in the reader's language", () => {
		const { entries } = read(botDescription);
		expect(entries.map(({ name, name_localizations: names }) => [name, names['es-ES'], names['es-419']])).toEqual([
			['Ask OpenCCB', 'Preguntar a OpenCCB', 'Preguntar a OpenCCB'],
			['Add to documents', 'Añadir a documentos', 'Añadir a documentos'],
		]);
	});

	it('have at most 8,000 characters each, the longest translation counted', () => {
		for (const command of read(botDescription).roots) {
			const parts = [command, ...command.options, ...command.options.flatMap(({ options = [] }) => options)];
			const counted = parts.reduce((sum, { name, description, description_localizations: about }) => {
				return sum + name.length + Math.max(description.length, ...Object.values(about).map((translation) => translation.length));
			}, 0);
			expect(counted, command.name).toBeLessThanOrEqual(8_000);
		}
	});
});

describe('the link that invites the bot', () => {
	const { searchParams: asked, origin, pathname } = new URL(discordInviteUrl('1234567890123456789'));

	it('leads to Discord and names the application', () => {
		expect([origin, pathname, asked.get('client_id')]).toEqual(['https://discord.com', '/oauth2/authorize', '1234567890123456789']);
		expect(asked.get('scope')).toBe('bot applications.commands');
	});

	it('asks for the permissions of the bot and no other', () => {
		const permissions = BigInt(asked.get('permissions') ?? 0);
		const bits = Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => (permissions >> BigInt(bit)) & 1n);
		// Discord's "Permissions": channels, messages, links, files, history, commands, threads, messages in threads.
		expect(bits).toEqual([10, 11, 14, 15, 16, 31, 35, 38]);
	});
});
