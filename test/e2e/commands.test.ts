import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allCommands } from '#src/commands/commands.ts';
import { spokenAs } from '#src/commands/registry.ts';
import { english } from '#src/locales/english.ts';
import { languageIn, type Words } from '#src/locales/locales.ts';
import { spanish } from '#src/locales/spanish.ts';
import { eventually } from './eventually.ts';
import { nextPrivateWord, privateWords, requestsFor, wholeAnswers } from './observe.ts';
import { modelName, openWorkplace, type Workplace } from './workplace.ts';

const help = (words: Words) => {
	const { about, help: said } = words.command;
	const theirs = allCommands.filter(({ audience }) => audience === 'everyone');
	const lines = theirs.map((command) => `• *${spokenAs(command, languageIn(words))}*: ${about[command.names.en]}`);
	return [said.talking, '', said.commands, ...lines].join('\n');
};
const status = ({ command }: Words) =>
	`${command.status({ model: modelName, hostsUp: 1, hosts: 1, writing: 0, waiting: 0 })}\n${command.statusFine}`;

const speakers = [
	['tom', english],
	['lucia', spanish],
] as const;
const commands: [typed: string, answer: (words: Words) => string][] = [
	['', help],
	['help', help],
	['new', ({ command }) => command.fresh],
	['stop', ({ command }) => command.nothingToStop],
	['status', status],
];
const cases = speakers.flatMap(([name, words]) => commands.map(([typed, answer]) => [name, typed, answer(words)] as const));

describe('commands on Slack', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({ ollama: { tokensPerSecond: 60 } });
	});
	afterAll(async () => await workplace.close());
	beforeEach(() => workplace.ollama.answer('Fine.'));

	it.each(cases)('answers %s\'s "/ccb %s" privately through the response_url, in their language', async (name, typed, answer) => {
		const { slack, people, channels } = workplace;
		const before = slack.messages(channels.general).length;
		const result = await slack.slash({ user: people[name], channel: channels.general, command: '/ccb', text: typed });
		expect(result.failure).toBeUndefined();
		expect(await eventually(() => result.responses[0]?.text)).toBe(answer);
		expect(result.responses[0]).toMatchObject({ inChannel: false, replaceOriginal: false, deleteOriginal: false });
		expect(slack.messages(channels.general)).toHaveLength(before);
	});

	it.each(cases.filter(([, typed]) => typed !== ''))(
		'answers %s\'s mention that only says "%s" privately, beside the channel',
		async (name, typed, answer) => {
			const { slack, people, channels, ask } = workplace;
			const before = privateWords(workplace, channels.random, people[name]).length;
			const ts = await ask(typed, { user: people[name], channel: channels.random });
			expect(await nextPrivateWord(workplace, channels.random, people[name], before)).toBe(answer);
			// A private word in a thread that nobody has answered in is shown to nobody ("chat.postEphemeral").
			expect(slack.callsTo('chat.postEphemeral').at(-1)?.arguments).not.toHaveProperty('thread_ts');
			expect(workplace.answers(channels.random, ts)).toEqual([]);
		},
	);

	it.each(cases.filter(([, typed]) => typed !== ''))('answers %s\'s direct message that only says "%s"', async (name, typed, answer) => {
		const { slack, people } = workplace;
		const channel = slack.workspace.openDirect(people[name]).id;
		const { ts } = await slack.say({ user: people[name], channel, text: typed });
		const said = await eventually(() => workplace.answers(channel, ts)[0]);
		expect(said.text).toBe(answer);
		// Names and values stand in fields.
		expect(said.visibleText.replace(/\n+/g, ' ')).toBe(answer.replace(/^• (.*): /gm, '$1\n').replace(/\n+/g, ' '));
	});

	it('knows commands by their Spanish words, loud or quiet', async () => {
		const { slack, people, channels } = workplace;
		const results = await Promise.all(
			['AYUDA', 'nuevo', 'parar', 'Estado '].map((text) =>
				slack.slash({ user: people.lucia, channel: channels.general, command: '/ccb', text }),
			),
		);
		for (const [index, expected] of [help(spanish), spanish.command.fresh, spanish.command.nothingToStop, status(spanish)].entries()) {
			expect(await eventually(() => results[index]?.responses[0]?.text)).toBe(expected);
		}
	});

	it('says that it does not know a command, with the help, and repeats only the beginning of what was typed', async () => {
		const { slack, people, channels } = workplace;
		const result = await slack.slash({ user: people.tom, channel: channels.general, command: '/ccb', text: 'dance <!channel>' });
		const text = await eventually(() => result.responses[0]?.text);
		expect(text).toBe(`${english.command.unknown('dance @channel')}\n\n${help(english)}`);
		const long = await slack.slash({ user: people.tom, channel: channels.general, command: '/ccb', text: 'x'.repeat(8_000) });
		expect((await eventually(() => long.responses[0]?.text)).length).toBeLessThan(2_000);
	});

	it('stops everything that is being written for the person in the channel, and nothing of others', async () => {
		const { slack, ollama, people, channels, ask } = workplace;
		// What is to be stopped is longer than a slow machine takes to stop it.
		ollama.answer(({ messages }) => 'word '.repeat(messages?.at(-1)?.content.includes('mine') ? 1_500 : 120));
		const [one, two, other] = await Promise.all([ask('mine one'), ask('mine two'), ask('suya', { user: people.lucia })]);
		await eventually(() =>
			[one, two, other].every((ts) => workplace.answers(channels.general, ts).some((answer) => answer.visibleText !== '')),
		);
		const result = await slack.slash({ user: people.tom, channel: channels.general, command: '/ccb', text: 'stop' });
		expect(await eventually(() => result.responses[0]?.text)).toBe(english.command.stopped(2));
		for (const ts of [one, two]) {
			expect((await wholeAnswers(workplace, channels.general, ts, 1))[0]?.visibleText).toContain(english.notice.stopped);
		}
		expect((await wholeAnswers(workplace, channels.general, other, 1))[0]?.visibleText.match(/word/g)).toHaveLength(120);
	});

	it('forgets every thread of the channel with "/ccb new"', async () => {
		const { slack, people, channels, ask } = workplace;
		const ts = await ask('my cat is called Mina');
		await wholeAnswers(workplace, channels.general, ts, 1);
		const result = await slack.slash({ user: people.tom, channel: channels.general, command: '/ccb', text: 'new' });
		await eventually(() => result.responses.length > 0);
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'what is my cat called?' });
		await wholeAnswers(workplace, channels.general, ts, 2);
		expect(requestsFor(workplace, 'what is my cat called?').at(-1)?.text).not.toContain('Mina');
	});

	it('answers an empty mention with the help, in the thread where all can read it', async () => {
		const { people, channels, ask } = workplace;
		const ts = await ask('', { user: people.lucia });
		const said = await eventually(() => workplace.answers(channels.general, ts)[0]);
		expect(said.visibleText).toBe(help(spanish).replaceAll('*', ''));
	});

	it('asks for what is missing in a form, and whether the person may do it shows when it is sent', async () => {
		const { slack, people, channels } = workplace;
		const asked = await slack.slash({ user: people.tom, channel: channels.general, command: '/ccb', text: 'admin grant' });
		const view = String(slack.modals(people.tom).at(-1)?.['id']);
		const inputs = { person: `slack:${slack.teamId}:${people.tom}`, role: 'admin' };
		expect(await slack.submit({ user: people.tom, view, inputs })).toEqual({});
		expect(await eventually(() => asked.responses[0]?.text)).toBe(english.refusal.administratorsOnly(inputs.person));
	});

	it('tells the truth about a model that is not there', async () => {
		const { slack, ollama, people, channels, ask } = workplace;
		ollama.removeModel(modelName);
		const ts = await ask('is anybody there?', { user: people.lucia });
		expect((await wholeAnswers(workplace, channels.general, ts, 1))[0]?.visibleText).toBe(spanish.failure.modelMissing(modelName));
		const result = await slack.slash({ user: people.lucia, channel: channels.general, command: '/ccb', text: 'status' });
		expect(await eventually(() => result.responses[0]?.text)).toContain(spanish.failure.modelMissing(modelName));
	});
});
