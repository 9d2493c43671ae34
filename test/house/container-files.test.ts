import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../scripts/toolchain/project.mjs';

const read = (file: string) => readFileSync(join(projectFolder, file), 'utf8');
const withoutComments = (text: string) => text.replace(/^\s*#.*$/gm, '');

describe('the Dockerfile', () => {
	const text = withoutComments(read('docker/Dockerfile'));

	it('takes what it is built from by version and digest', () => {
		const bases = [...text.matchAll(/^FROM (\S+)/gm)].map((match) => match[1]);
		for (const base of bases) expect(base).toMatch(/^\$\{(?:NODE|RUNTIME)_IMAGE\}$/);
		const defaults = [...text.matchAll(/^ARG \w+_IMAGE=(\S+)/gm)].map((match) => match[1]);
		expect(defaults).toHaveLength(2);
		for (const image of defaults) expect(image).toMatch(/^[a-z0-9.]+\/[^:]+:[^@]+@sha256:[0-9a-f]{64}$/);
	});

	it('stays in the part of the language that buildah 1.28 knows', () => {
		expect(text).not.toMatch(/<<|--link|--start-interval|--parents|--exclude/);
	});

	it('ends as an account of its own, with an init and without a shell', () => {
		const runtime = text.slice(text.lastIndexOf('FROM '));
		expect(runtime).toMatch(/^USER 10001:10001$/m);
		expect(runtime).toMatch(/^ENTRYPOINT \["tini", "--", "node"\]$/m);
		expect(runtime).not.toMatch(/^RUN /m);
		expect(runtime).not.toMatch(/^(?:CMD|ENTRYPOINT|HEALTHCHECK.*CMD) [^[]/m);
	});

	it('is given scripts alone by whoever runs it, since it runs Node.js by itself', () => {
		const files = readdirSync(join(projectFolder, 'scripts'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sh'));
		const runs = files.flatMap((name) => read(join('scripts', name)).match(/compose run .* app .*/g) ?? []);
		expect(runs).toHaveLength(3);
		for (const line of runs) expect(line).toMatch(/ app (?:scripts\/[\w./-]+ |"\$@")/);
	});

	it('takes Node.js of the version that the scripts bring', () => {
		const [, version] = /nodeVersion = '([\d.]+)'/.exec(read('scripts/toolchain/node-runtime.mjs')) ?? [];
		expect(text).toContain(`node:${version}-`);
	});
});

describe('the compose file', () => {
	const text = withoutComments(read('docker-compose.yml'));
	const [, body = ''] = /^services:\n([\s\S]*?)^networks:/m.exec(text) ?? [];
	const services = body.split(/^ {2}(?=[a-z-]+:$)/m).filter((part) => part.trim() !== '');

	it('names every image by a variable, with version and digest where a registry has it', () => {
		const images = [...text.matchAll(/^ {4}image: (.*)$/gm)].map((match) => match[1]);
		expect(images).toHaveLength(services.length);
		for (const image of images) expect(image).toMatch(/^\$\{\w+_IMAGE:-(?:openccb:latest|\S+:\S+@sha256:[0-9a-f]{64})\}$/);
	});

	it.each(services.map((part) => [part.split(':')[0] ?? '', part] as const))(
		'runs %s with the common restrictions and limits',
		(_name, part) => {
			expect(part).toContain('<<: *service');
			expect(part).toMatch(/^ {4}mem_limit: /m);
			expect(part).toMatch(/^ {4}pids_limit: /m);
			expect(part).toMatch(/^ {4}networks: \[/m);
			expect(part).not.toMatch(/privileged|network_mode|docker\.sock/);
		},
	);

	it('checks no health with curl, which the images lack', () => {
		expect(text).not.toContain('curl');
	});

	it('publishes ports of the proxy alone, and the boards for this machine', () => {
		const published = services.flatMap((part) => /^ {4}ports: .*$/m.exec(part) ?? []);
		expect(published).toEqual([
			'    ports: ["80:80", "443:443"]',
			expect.stringMatching(/^ {4}ports: \["127\.0\.0\.1:\$\{GRAFANA_PORT:-3001\}:3000"\]$/),
		]);
	});

	it('starts what watches only where that is asked for, and nothing depends on it', () => {
		const watching = services.filter((part) => part.includes('profiles: [monitoring]')).map((part) => part.split(':')[0]);
		expect(watching).toHaveLength(7);
		const others = services.filter((part) => !part.includes('profiles:'));
		for (const name of watching) for (const part of others) expect(part).not.toMatch(new RegExp(`^ {6}${name}:`, 'm'));
	});

	it('gives the program longer to end than it needs, and rotates every log', () => {
		expect(text).toContain('stop_grace_period: 30s');
		expect(text).toMatch(/x-service: &service[\s\S]*max-size: 10m[\s\S]*max-file: "5"/);
	});

	it('keeps to what docker-compose 1.29 understands', () => {
		expect(text).not.toMatch(/^name:|gpus:|start_interval|required: false|^\s+pids:/m);
	});

	it('builds vector indexes in shared memory that is large enough', () => {
		const [, work] = /maintenance_work_mem=(\d+)MB/.exec(text) ?? [];
		const [, shared] = /shm_size: (\d+)m/.exec(text) ?? [];
		expect(Number(shared)).toBeGreaterThanOrEqual(Number(work));
	});
});

describe('what is not to be built into an image', () => {
	it('is left out because only what is needed is named', () => {
		expect(withoutComments(read('.dockerignore')).trim().split('\n')[0]).toBe('*');
	});

	it('has a script of its own for each file that the Dockerfile takes from docker/', () => {
		const taken = [...read('docker/Dockerfile').matchAll(/^COPY (docker\/\S+)/gm)].map((match) => match[1]);
		expect(taken.every((file) => readdirSync(join(projectFolder, 'docker')).includes(file?.slice('docker/'.length) ?? ''))).toBe(true);
		for (const file of taken) expect(read('.dockerignore')).toContain(`!${file}`);
	});
});
