/** The program's log: JSON lines with ids and causes, never what people or models said, never secrets. */

import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Fields that no line may carry, at the top or one level down: the second line of defence. */
const secretFields = ['token', 'authorization', 'password', 'secret', 'text', 'content', 'body', 'payload'];

export function createLogger(level: string): Logger {
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
	stack?: string | undefined;
	cause?: ErrorDescription;
}

/** Only what is known to be harmless: errors of SDKs carry request bodies and headers. */
export function describeError(error: unknown, depth = 0): ErrorDescription {
	if (!(error instanceof Error)) return { name: 'unknown', message: String(error) };
	const { code, reason } = error as { code?: unknown; reason?: unknown };
	return {
		name: error.name,
		message: error.message,
		...(typeof code === 'string' ? { code } : {}),
		...(typeof reason === 'string' ? { reason } : {}),
		stack: error.stack,
		...(error.cause === undefined || depth === maxCauses ? {} : { cause: describeError(error.cause, depth + 1) }),
	};
}

/** For SDKs that want a logger of their own: their words go to debug, their warnings up; what they attach is left out. */
export function createSdkLogger(logger: Logger, name: string) {
	const child = logger.child({ sdk: name });
	const firstText = (parts: unknown[]) =>
		parts.map((part) => (part instanceof Error ? `${part.name}: ${part.message}` : part)).find((part) => typeof part === 'string') ?? '';
	return {
		debug: () => {},
		info: (...parts: unknown[]) => child.debug(String(firstText(parts))),
		warn: (...parts: unknown[]) => child.info(String(firstText(parts))),
		error: (...parts: unknown[]) => child.warn(String(firstText(parts))),
		setLevel: () => {},
		getLevel: () => 'info' as never,
		setName: () => {},
	};
}
