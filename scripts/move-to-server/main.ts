/**
 * `npm run move-to-server`: carries the embedded database into an empty one on a PostgreSQL server, all or nothing; the source stays as it was. Ends
 * with 0 when it is done or could be, else with 1.
 */

import { inspectFolder } from '#src/database/inspect.ts';
import { type MoveOutcome, moveToServer } from '#src/database/moving/move-to-server.ts';
import { toBotError } from '#src/errors.ts';
import { languageOf } from '#src/locales/locales.ts';
import { silentLogger } from '#src/log.ts';
import { inspectSettings, type Settings } from '#src/settings/settings.ts';
import { readMoveOrder } from './options.ts';
import { moveWords } from './words.ts';

const words = moveWords[languageOf(process.env['OPENCCB_LANGUAGE'] ?? null)];
const order = readMoveOrder(process.argv.slice(2));
const { settings, problems } = inspectSettings(process.env);

if (order === null) end(1, words.usage);
else if (settings === null) end(1, words.failed(problems.join('; ')));
else await carryOut(settings, order.isDry);

async function carryOut({ database: { url, dataFolder }, administration: { audit } }: Settings, isDry: boolean): Promise<void> {
	if (url === null) return end(1, words.noTarget);
	const { folder, exists, holder } = await inspectFolder(dataFolder);
	if (!exists) return end(1, words.noSource(folder));
	if (holder !== null) return end(1, words.running(String(holder.pid ?? '?')));
	try {
		tell(await moveToServer({ url, dataFolder, audit, logger: silentLogger, isDry, onStep: (step) => say(words[step]) }));
	} catch (thrown) {
		end(1, thrown instanceof RangeError ? words.targetLacks(thrown.message) : words.failed(toBotError(thrown).message));
	}
}

function tell(outcome: MoveOutcome): void {
	switch (outcome.kind) {
		case 'in-use':
			end(1, words.targetInUse(outcome.connections));
			break;
		case 'taken':
			end(1, words.targetTaken);
			break;
		case 'differs':
			end(1, words.differing(outcome.where));
			break;
		case 'possible':
			end(0, words.wouldMove);
			break;
		case 'moved':
			if (!outcome.keepsVectors) say(words.withoutVectors);
			end(0, words.done(outcome.rows, outcome.tables));
	}
}

function say(sentence: string): void {
	process.stdout.write(`${sentence}\n`);
}

function end(exitCode: number, sentence: string): void {
	process[exitCode === 0 ? 'stdout' : 'stderr'].write(`${sentence}\n`);
	process.exitCode = exitCode;
}
