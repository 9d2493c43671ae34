/** Tools of a test: one that finds what it is told to find, among the real list of tools and its rules. */

import { z } from 'zod';
import type { Clock } from '#src/clock.ts';
import { createTool, type ToolContext, type ToolResult } from '#src/tools/tool.ts';
import { createTools, type Tools } from '#src/tools/tools.ts';

export interface FakeTools extends Tools {
	/** What the tool was asked, in order. */
	asked: { place: string; signal: AbortSignal }[];
	/** What its calls give, in order; a call without one finds nothing. */
	finds(...results: (ToolResult | Error | Promise<ToolResult>)[]): void;
	called: { name: string; code: string | null }[];
	/** Names of tools that nobody may use. */
	forbidden: Set<string>;
}

export function createFakeTools(clock: Clock): FakeTools {
	const results: (ToolResult | Error | Promise<ToolResult>)[] = [];
	const asked: FakeTools['asked'] = [];
	const called: FakeTools['called'] = [];
	const forbidden = new Set<string>();
	const tool = createTool({
		name: 'current_time',
		description: 'The time in a place.',
		schema: z.object({ place: z.string() }),
		async run({ place }, _context: ToolContext, signal) {
			asked.push({ place, signal });
			const result = await (results.shift() ?? { data: {} });
			if (result instanceof Error) throw result;
			return result;
		},
	});
	const tools = createTools({
		tools: [tool],
		limits: { mayUse: (_person, _kind, name) => !forbidden.has(name) },
		clock,
		observer: { called: (name, _durationMs, error) => void called.push({ name, code: error?.code ?? null }) },
	});
	return { ...tools, asked, called, forbidden, finds: (...more) => void results.push(...more) };
}
