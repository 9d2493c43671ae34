import { describe } from 'vitest';
import { describeEngineContract } from '../engine.contract.ts';
import { openSqliteStage } from './company-stage.ts';

describe('SQLite', () => {
	describeEngineContract(
		openSqliteStage,
		{
			statements: [
				'create table valores (id integer primary key, entero bigint, decimales decimal(20, 4), dia date, momento timestamp, texto text, octetos blob)',
				"insert into valores values (1, 9223372036854775807, 1234567.8901, '2026-03-29', '2026-03-29 02:30:00', 'ñ', x'00ff')",
				'insert into valores values (2, null, null, null, null, null, null)',
			],
			rows: [
				['1', '9223372036854775807', '1234567.8901', '2026-03-29', '2026-03-29 02:30:00', 'ñ', '\\x00ff'],
				['2', null, null, null, null, null, null],
			],
			binary: ['octetos'],
		},
		null,
	);
});
