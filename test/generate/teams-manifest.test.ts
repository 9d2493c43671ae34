import localizationSchema from '@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.Localization.schema.json' with {
	type: 'json',
};
import manifestSchema from '@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { botDescription } from '#src/commands/description.ts';
import { type TeamsApp, teamsManifest, teamsTexts } from '../../scripts/generate/teams-manifest.ts';
import { teamsFiles, teamsPackage } from '../../scripts/generate/teams-package.ts';
import { withCommands } from './more-commands.ts';

const app: TeamsApp = {
	appId: '6f1f2c1e-0a4b-4c6d-8e2f-1234567890ab',
	version: '1.2.3',
	publicUrl: 'https://bot.example.com',
	companyUrl: 'https://intranet.example.com/openccb',
	readsAllMessages: false,
};

/** What these tests look at; the vendor's schema checks the rest. */
const command = z.object({
	title: z.string(),
	description: z.string(),
	type: z.literal('prompt').optional(),
	prompt: z.string().optional(),
});
const list = z.object({ scopes: z.array(z.string()), triggers: z.array(z.string()).optional(), commands: z.array(command) });
const shape = z.object({
	bots: z.tuple([z.object({ botId: z.string(), scopes: z.array(z.string()), commandLists: z.array(list) })]),
	webApplicationInfo: z.object({ id: z.string(), resource: z.string().min(1) }),
	validDomains: z.array(z.string()),
	authorization: z.object({ permissions: z.object({ resourceSpecific: z.array(z.object({ name: z.string() })) }) }).optional(),
});

const manifest = shape.parse(teamsManifest(botDescription, app));
const [bot] = manifest.bots;

describe("the Teams app's manifest", () => {
	it.each([
		['as it is', botDescription, app],
		['when the bot is sent all messages', botDescription, { ...app, readsAllMessages: true }],
		['with more commands than a list takes', withCommands(30), app],
	])("keeps to Microsoft's schema %s", (_, description, request) => {
		expect(faults(manifestSchema, teamsManifest(description, request))).toEqual([]);
		expect(faults(localizationSchema, teamsTexts(description, 'es'))).toEqual([]);
	});

	it('would not keep to the schema with a title that is too long', () => {
		const [first] = botDescription.commands;
		const long = { ...botDescription, commands: [{ ...first, spoken: { en: 'x'.repeat(129), es: 'x' } }] } as typeof botDescription;
		expect(faults(manifestSchema, teamsManifest(long, app))).not.toEqual([]);
	});

	it('works in each kind of conversation, and has one list of commands for each', () => {
		const listed = bot.commandLists.flatMap(({ scopes }) => scopes);
		expect([...listed].sort()).toEqual([...bot.scopes].sort());
		expect([...bot.scopes].sort()).toEqual(['groupChat', 'personal', 'team']);
	});

	it('lists as many commands as there is room for in every kind of conversation, but those of administrators, for everybody sees the lists', () => {
		const forEveryone = botDescription.commands.filter(({ audience }) => audience === 'everyone').map(({ spoken }) => spoken.en);
		expect(forEveryone.length).toBeLessThan(botDescription.commands.length);
		for (const { commands } of bot.commandLists) {
			const titles = commands.filter(({ type }) => type === undefined).map(({ title }) => title);
			expect(titles).toEqual(forEveryone.slice(0, 12));
		}
	});

	it('offers real slash commands where others read along', () => {
		const inGroups = bot.commandLists.find(({ scopes }) => scopes.includes('team'));
		expect(inGroups?.triggers).toEqual(['mention', 'slash']);
	});

	it('offers first questions in a personal chat, as many as there is room for, and only there', () => {
		const prompts = bot.commandLists.map(({ commands }) => commands.flatMap(({ prompt }) => prompt ?? []));
		expect(bot.commandLists[1]?.commands).toHaveLength(12);
		const room = Math.max(0, 12 - botDescription.commands.filter(({ audience }) => audience === 'everyone').length);
		expect(prompts).toEqual([[], botDescription.prompts.en.slice(0, room).map(({ message }) => message)]);
	});

	it('gives room to commands before first questions', () => {
		const many = shape.parse(teamsManifest(withCommands(10), app)).bots[0].commandLists[1]?.commands ?? [];
		expect(many).toHaveLength(12);
		expect(many.filter(({ type }) => type === 'prompt')).toEqual([]);
	});

	it('asks for no permission to read what is not said to the bot, unless that is wanted', () => {
		expect(manifest.authorization).toBeUndefined();
		const wanted = shape.parse(teamsManifest(botDescription, { ...app, readsAllMessages: true }));
		const names = wanted.authorization?.permissions.resourceSpecific.map(({ name }) => name);
		expect(names).toEqual(['ChannelMessage.Read.Group', 'ChatMessage.Read.Chat']);
	});

	it("names the installation's id and host everywhere", () => {
		expect([bot.botId, manifest.webApplicationInfo.id]).toEqual([app.appId, app.appId]);
		expect(manifest.webApplicationInfo.resource).toContain(app.appId);
		expect(manifest.validDomains).toEqual(['bot.example.com']);
	});
});

describe('its texts in Spanish', () => {
	const english = new Map(Object.entries(teamsTexts(botDescription, 'en')));
	const spanish = new Map(Object.entries(teamsTexts(botDescription, 'es')));

	it('stand for texts that the manifest has', () => {
		const whole = teamsManifest(botDescription, app);
		for (const [place, text] of english) if (place !== '$schema') expect(at(whole, place), place).toBe(text);
	});

	it('leave nothing but the name untranslated', () => {
		expect([...spanish.keys()]).toEqual([...english.keys()]);
		const same = [...spanish].filter(([place, text]) => english.get(place) === text).map(([place]) => place);
		expect(same).toEqual(['$schema', 'name.short', 'name.full']);
	});
});

describe('the Teams package', () => {
	const files = teamsFiles(botDescription, app);

	it('has manifest, texts and icons at its root, and nothing else', () => {
		const unpacked = unzipSync(teamsPackage(files));
		expect(Object.keys(unpacked).sort()).toEqual(['color.png', 'es.json', 'manifest.json', 'outline.png']);
		for (const [name, content] of Object.entries(files))
			expect(Buffer.from(unpacked[name] ?? []).equals(Buffer.from(content)), name).toBe(true);
	});

	it('has every file that the manifest names', () => {
		const { icons, localizationInfo } = z
			.object({
				icons: z.record(z.string(), z.string()),
				localizationInfo: z.object({ additionalLanguages: z.array(z.object({ file: z.string() })) }),
			})
			.parse(JSON.parse(Buffer.from(files['manifest.json']).toString()));
		const named = [...Object.values(icons), ...localizationInfo.additionalLanguages.map(({ file }) => file)];
		expect(named.filter((name) => !(name in files))).toEqual([]);
	});
});

/** What the vendor’s schema finds wrong with it. Its patterns are not written for the unicode mode of regular expressions. */
function faults(schema: object, value: object): string[] {
	const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
	addFormats.default(ajv);
	const isValid = ajv.compile(schema);
	isValid(value);
	return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** @param place Such as `bots[0].commandLists[1]`. */
function at(value: unknown, place: string): unknown {
	return place.split(/[.[\]]+/).reduce((inner, key) => (inner as Record<string, unknown>)[key], value);
}
