/**
 * A company for a bot on the same machine: an emulated Slack and an emulated Ollama. Prints what the bot must know of them, then answers each
 * line on standard input, a question to the bot, with a line that holds the bot's answer. Ends with its standard input.
 */

import { createInterface } from 'node:readline';
import { eventually } from '../../e2e/eventually.ts';
import { startOllamaEmulator } from '../../emulators/ollama/index.ts';
import { startSlackEmulator } from '../../emulators/slack/index.ts';
import { probedWord } from '../probed-word.ts';

/** As Ollama's own, where the setup looks without being told. */
const ollamaPort = 11_434;
/** A bot that has just started reconnects, looks at its host and loads a model. */
const answerWithinMs = 30_000;

const slack = await startSlackEmulator();
const ollama = await startOllamaEmulator({ port: ollamaPort, models: [{ name: 'gemma4:e4b', size: 1_000_000 }] });
const tom = slack.workspace.addUser({ name: 'tom', realName: 'Tom Baker', locale: 'en-GB' }).id;
const channel = slack.workspace.addChannel({ name: 'general', members: [tom] }).id;
const { botToken, appToken, apiUrl, botUserId, botId } = slack;
print({ botToken, appToken, apiUrl });

for await (const question of createInterface({ input: process.stdin })) {
	ollama.answer((body) => probedWord(body) ?? `You asked: ${question}`);
	print({ answer: await ask(question) });
}
await Promise.all([slack.close(), ollama.close()]);

async function ask(question: string): Promise<string> {
	const { ts } = await slack.say({ user: tom, channel, text: `<@${botUserId}> ${question}` });
	const answer = await eventually(() => {
		const messages = slack.messages(channel, { threadTs: ts }).filter((message) => message.botId === botId && !message.deleted);
		return messages.find(
			(message) => message.streaming !== 'in_progress' && message.buttons.some(({ actionId }) => actionId !== 'openccb_stop'),
		);
	}, answerWithinMs);
	return answer.visibleText;
}

function print(value: object): void {
	process.stdout.write(`${JSON.stringify(value)}\n`);
}
