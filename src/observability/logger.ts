/** The program's log: JSON lines with ids and causes, never what people or models said, never secrets. */

import { type Logger as PinoLogger, pino } from 'pino';
import { BotError } from '../errors.ts';
import { foreignMessage, foreignSentence, foreignWord, framesOf } from '../foreign-words.ts';

/** With a child for each SDK. */
export type ProgramLogger = PinoLogger;

/** Fields that no line may carry, at the top or one level down: the second line of defence. */
const secretFields = ['token', 'authorization', 'password', 'secret', 'text', 'content', 'body', 'payload'];

export function createLogger(level: string): ProgramLogger {
	return pino({
		level,
		base: null,
		timestamp: pino.stdTimeFunctions.isoTime,
		formatters: { level: (label) => ({ level: label }) },
		serializers: { err: describeError },
		redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
	});
}

/** A chain of causes longer than this is a circle. */
const maxCauses = 5;

interface ErrorDescription {
	name: string;
	code?: unknown;
	reason?: unknown;
	message: string;
	/** Where it came from, a line each. */
	stack?: string;
	cause?: ErrorDescription;
}

/** Only what is known to be harmless: errors of SDKs carry request bodies and headers, and quote in their messages what they were given. */
export function describeError(error: unknown, depth = 0): ErrorDescription {
	if (!(error instanceof Error)) return { name: 'unknown', message: foreignMessage(error) };
	const { code, reason } = error as { code?: unknown; reason?: unknown };
	const isOurs = error instanceof BotError;
	return {
		name: foreignWord(error.name, 'Error'),
		message: isOurs ? error.message : foreignMessage(error),
		...(typeof code === 'string' ? { code: foreignWord(code) } : {}),
		...(typeof reason === 'string' ? { reason: isOurs ? reason : foreignWord(reason) } : {}),
		stack: framesOf(error),
		...(error.cause === undefined || depth === maxCauses ? {} : { cause: describeError(error.cause, depth + 1) }),
	};
}

/** For SDKs that want a logger of their own: their words go to debug, their warnings up; what they attach is left out. */
export function createSdkLogger(logger: ProgramLogger, name: string) {
	const child = logger.child({ sdk: name });
	const textOf = (part: unknown) => {
		if (part instanceof Error) return `${foreignWord(part.name, 'Error')}: ${foreignMessage(part)}`;
		return typeof part === 'string' ? foreignSentence(part) : null;
	};
	const firstText = (parts: unknown[]) => parts.map(textOf).find((text) => text !== null) ?? '';
	return {
		debug: () => {},
		info: (...parts: unknown[]) => child.debug(firstText(parts)),
		warn: (...parts: unknown[]) => child.info(firstText(parts)),
		error: (...parts: unknown[]) => child.warn(firstText(parts)),
		setLevel: () => {},
		getLevel: () => 'info' as never,
		setName: () => {},
	};
}
