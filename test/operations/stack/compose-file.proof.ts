import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { podman, tryPodman } from '../machine/container-engine.ts';
import { outside, outsidePort, prepareStack, type Service, type Stack, services } from './compose-stack.ts';

describe('the compose file', () => {
	let stack: Stack;
	beforeAll(async () => {
		stack = await prepareStack(join(process.env['OPENCCB_PROOF_FOLDER'] ?? '', 'installation'));
		await stack.up();
	});
	afterAll(async () => await stack[Symbol.asyncDispose]());

	it('brings the models and ends', async () => {
		await expect
			.poll(async () => await podman('inspect', '--format', '{{.State.Status}} {{.State.ExitCode}}', stack.container('ollama-pull')))
			.toBe('exited 0');
		expect(await podman('exec', stack.container('ollama'), 'ollama', 'list')).toContain('demo:latest');
	});

	it('answers a question that comes through the proxy, with the model that was brought', async () => {
		const ts = await stack.ask('what is the colour of the sky?');
		await expect.poll(() => stack.answer(ts)?.visibleText).toContain('what is the colour of the sky?');
	});

	it.each(services)('has a health check of %s that passes in its container', async (service) => {
		expect(await stack.healthCheck(service)).toMatchObject({ code: 0 });
	});

	it('answers at the ports of the proxy and at no other', async () => {
		const listening = await podman('ps', '--format', '{{.Names}} {{.Ports}}');
		const published = listening
			.split('\n')
			.flatMap((line) => [...line.matchAll(/(?:^|[ :,])(\d+)->/g)].map((match) => `${line.split(' ')[0]} ${match[1]}`));
		expect(published.sort()).toEqual([`${stack.container('proxy')} 443`, `${stack.container('proxy')} 80`]);
	});

	it.each(['/metrics', '/readyz', '/healthz', '/healthz/intake', '/'])('does not pass %s to the program', async (path) => {
		expect((await fetch(`http://${outside}${path}`)).status).toBe(404);
	});

	it.each([
		['postgres', 'refused'],
		['redis', 'refused'],
		['ollama', 'refused'],
		['app', 'reached'],
	] as const)('lets %s call the outside: %s', async (service, expected) => {
		expect(await callOutside(service)).toBe(expected);
	});

	it('keeps the database and Redis where only the program is', async () => {
		for (const name of ['postgres', 'redis', 'ollama']) {
			const { code } = await tryPodman('exec', stack.container('proxy'), 'wget', '-q', '-T', '2', '-O', '-', `http://${name}:1/`);
			expect(code, name).not.toBe(0);
		}
		expect(
			await podman('inspect', '--format', '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}', stack.container('proxy')),
		).toBe('proof_edge');
	});

	it('gives the program a login that owns its database, may make roles, and nothing else', async () => {
		const rights = `select rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls from pg_roles where rolname like 'openccb%' order by 1`;
		expect(await sql(rights)).toBe('openccb|f|t|f|f|f\nopenccb_backup|f|f|f|f|t');
		expect(await sql("select pg_get_userbyid(datdba) from pg_database where datname = 'openccb'")).toBe('openccb');
		expect(await sql('show data_checksums')).toBe('on');
		expect(await sql('show data_directory')).toMatch(/^\/var\/lib\/postgresql\//);
	});

	it.each([...services, 'ollama-pull'] as const)(
		'runs %s without rights that it does not need, with limits and logs that end',
		async (service) => {
			const [inspected] = JSON.parse(await podman('inspect', stack.container(service))) as Inspected[];
			expect(inspected?.HostConfig).toMatchObject({ ReadonlyRootfs: true, SecurityOpt: ['no-new-privileges'] });
			expect(inspected?.EffectiveCaps ?? []).toEqual(service === 'proxy' ? ['CAP_NET_BIND_SERVICE'] : []);
			expect(inspected?.HostConfig.Memory).toBeGreaterThan(0);
			expect(inspected?.HostConfig.PidsLimit).toBeGreaterThan(0);
			expect(JSON.stringify(inspected?.HostConfig.LogConfig)).toContain('10');
		},
	);

	it('keeps what was said when all of it goes down and comes up again', async () => {
		const ts = await stack.ask('remember the colour blue');
		await expect.poll(() => stack.answer(ts)).toBeDefined();
		const before = await sql('select count(*) from conversations', 'openccb');
		await stack.compose('down', '--timeout', '30');
		await stack.up();
		expect(await sql('select count(*) from conversations', 'openccb')).toBe(before);
		const later = await stack.ask('are you there?');
		await expect.poll(() => stack.answer(later)?.visibleText).toContain('are you there?');
	});

	it('ends an answer that is under way before the program stops, within its time', async () => {
		const ts = await stack.ask('tell me much');
		await expect.poll(() => stack.begun(ts)?.streaming).toBe('in_progress');
		const stoppedAt = performance.now();
		await stack.compose('stop', 'app');
		expect(performance.now() - stoppedAt).toBeLessThan(25_000);
		expect(await podman('inspect', '--format', '{{.State.ExitCode}}', stack.container('app'))).toBe('0');
		expect(stack.answer(ts)?.visibleText).toContain('tell me much');
	});

	/** By each image's own means: none of them has the same. */
	async function callOutside(service: Service): Promise<'reached' | 'refused'> {
		const address = `http://${outside}:${outsidePort}/`;
		const javascript = `fetch('${address}', { signal: AbortSignal.timeout(3000) }).then(() => process.exit(0), () => process.exit(1))`;
		const words = service === 'app' ? ['node', '-e', javascript] : ['wget', '-q', '-T', '3', '-S', '-O', '-', address];
		const { code, stderr } = await tryPodman('exec', stack.container(service), ...words);
		return code === 0 || stderr.includes('HTTP/1.1') ? 'reached' : 'refused';
	}

	async function sql(statement: string, database = 'postgres'): Promise<string> {
		const words = [
			'psql',
			'--no-psqlrc',
			'--tuples-only',
			'--no-align',
			'--username=postgres',
			'--host=/run/postgresql',
			`--dbname=${database}`,
			`--command=${statement}`,
		];
		return await podman('exec', stack.container('postgres'), ...words);
	}
});

interface Inspected {
	EffectiveCaps: string[] | null;
	HostConfig: { ReadonlyRootfs: boolean; SecurityOpt: string[]; Memory: number; PidsLimit: number; LogConfig: unknown };
}
