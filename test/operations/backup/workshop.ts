/** A bot with two people: one shared a document in her personal chat and may read it, the other may not. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '#test/e2e/eventually.ts';
import { manual } from '#test/e2e/platforms/shared-files.ts';
import { openSlackStage } from '#test/e2e/platforms/slack-stage.ts';
import type { Answer, Question } from '#test/e2e/platforms/stage.ts';
import { type Program, startProgram } from '#test/e2e/program.ts';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { projectFolder } from '../../../scripts/toolchain/project.mjs';

export interface ToldAnswer {
	text: string;
	/** The titles of the documents that it cites. */
	sources: string[];
}

export interface Workshop {
	/** Starts the bot on this database. */
	start(database: { url: string | null; dataFolder: string }): Promise<Program>;
	/** As somebody who stops it in order to restore. */
	stop(): Promise<void>;
	/** Shares the manual in the owner's personal chat, and waits until it can be found. */
	share(): Promise<void>;
	/** What is answered to a question about the manual, with its sources. */
	ask(who: 'owner' | 'colleague'): Promise<ToldAnswer>;
	close(): Promise<void>;
}

const question = '¿Qué hago si suena la sirena?';

export async function openWorkshop(): Promise<Workshop> {
	const [stage, ollama] = await Promise.all([openSlackStage(), startOllamaEmulator({ parallel: 8 })]);
	const rooms = { owner: stage.openRoom('direct'), colleague: stage.openRoom('direct') };
	let program: Program | null = null;

	async function answerTo(asked: Question): Promise<Answer> {
		const isWhole = ({ text, isOpen }: Answer) => !isOpen && /Según el documento|Has preguntado/.test(text);
		return await eventually(() => stage.answers(asked).find(isWhole));
	}

	return {
		async start({ url, dataFolder }) {
			await mkdir(dataFolder, { recursive: true });
			program = await startProgram({
				...stage.environment,
				OLLAMA_HOST: ollama.url,
				OLLAMA_MODEL: 'demo:latest',
				OPENCCB_DATA: dataFolder,
				OPENCCB_REQUESTS_PER_MINUTE: 'none',
				NODE_COMPILE_CACHE: join(projectFolder, '.cache/compile'),
				...(url === null ? {} : { DATABASE_URL: url }),
			});
			await stage.attach([program.address]);
			return program;
		},
		async stop() {
			await program?.terminate();
			program = null;
		},
		async share() {
			const shared = await stage.share({ room: rooms.owner, text: 'El manual', files: [manual] });
			await eventually(() => stage.answers(shared).some(({ text }) => /manual\.pdf.*2/.test(text) && !text.includes('…')));
		},
		async ask(who) {
			const answer = await answerTo(await stage.ask({ room: rooms[who], text: question }));
			return { text: answer.text, sources: stage.sources(answer).map(({ title }) => title) };
		},
		async close() {
			await program?.kill();
			await Promise.all([stage.close(), ollama.close()]);
		},
	};
}
