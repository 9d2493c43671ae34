/** The real program with an emulated Ollama, a database and the settings that it is started with. The platform is somebody else's. */

import { rm } from 'node:fs/promises';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import type { EmulatorOptions as OllamaOptions } from '#test/emulators/ollama/types.ts';
import { createMigratedDatabase } from '#test/fakes/database.ts';
import { makeDatabaseFolder } from '#test/fakes/database-folder.ts';
import { copyTemplate } from '#test/fakes/embedded-template.ts';
import { nodeArguments } from '#test/setup/node-arguments.ts';
import { type Program, startProgram } from './program.ts';

export interface InstallationOptions {
	ollama?: OllamaOptions;
	environment?: Record<string, string>;
	/** On the run's server when not given: the embedded one costs a start twice the processor time. */
	database?: 'embedded' | 'server';
}

export interface Installation {
	ollama: OllamaEmulator;
	environment: Record<string, string>;
	/** The program that runs now. */
	program: Program;
	/** Every program that was started here, oldest first; those that ended too. */
	programs: readonly Program[];
	/** Starts the program, again or for the first time. */
	start(options?: { ready?: boolean }): Promise<Program>;
	close(): Promise<void>;
}

export const modelName = 'demo:latest';

/** Resolves before the program is started. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
	const ollama = await startOllamaEmulator({ parallel: 8, ...options.ollama });
	const data = await makeDatabaseFolder();
	const server = options.database === 'embedded' ? null : await createMigratedDatabase();
	if (server === null) await copyTemplate(data);
	const programs: Program[] = [];
	const installation: Installation = {
		ollama,
		environment: {
			OLLAMA_HOST: ollama.url,
			OLLAMA_MODEL: modelName,
			OPENCCB_DATA: data,
			...(server === null ? {} : { DATABASE_URL: server.url }),
			...options.environment,
		},
		program: undefined as unknown as Program,
		programs,
		async start(startOptions) {
			const quickly = server === null ? { nodeArguments } : {};
			installation.program = await startProgram(installation.environment, { ...startOptions, ...quickly });
			programs.push(installation.program);
			return installation.program;
		},
		async close() {
			await Promise.all(programs.map((program) => program.kill()));
			await ollama.close();
			await server?.drop();
			await rm(data, { recursive: true, force: true });
		},
	};
	return installation;
}
