import { expect, it } from 'vitest';
import { memoryOf } from '#src/models/model-memory.ts';

const loaded = (name: string, size: number, videoBytes: number) => ({ name, model: name, size, size_vram: videoBytes });
const host = (label: string, entries: object[] | null) => ({ label, running: () => entries as never });

it('is told by configured names, and of all other models together, however many a shared host has', () => {
	const others = Array.from({ length: 50 }, (_, at) => loaded(`somebodys-${at}:1b`, 10, 5));
	const hosts = [
		host('http://a', [loaded('gemma4:e4b', 100, 100), loaded('embed:latest', 20, 0), ...others]),
		host('http://b', [loaded('gemma4:e4b', 100, 40)]),
		host('http://silent', null),
		host('http://empty', []),
	];
	expect(memoryOf(hosts, ['gemma4:e4b', 'embed'])).toEqual([
		{ host: 'http://a', model: 'gemma4:e4b', bytes: 100, videoBytes: 100 },
		{ host: 'http://a', model: 'embed', bytes: 20, videoBytes: 0 },
		{ host: 'http://a', model: 'other', bytes: 500, videoBytes: 250 },
		{ host: 'http://b', model: 'gemma4:e4b', bytes: 100, videoBytes: 40 },
	]);
});
