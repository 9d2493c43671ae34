/** SQLite, with the functions that its engine gives it (`sqlite-functions.ts`). */

import type { DialectRules } from '../dialect-rules.ts';
import { postgresql } from './postgresql.ts';

export const sqlite: DialectRules = {
	...postgresql,
	dialect: 'sqlite',
	family: 'sqlite',
	backslash: 'plain',
	date: "'{0}'",
	timestamp: "'{0}'",
	knowsAll: false,
	knowsZones: false,
	orderedText: '{0}',
	same: '({0} IS {1})',
	division: '(CAST({0} AS REAL) / {1})',
	floatDivision: '(CAST({0} AS REAL) / {1})',
	knowsDecimalRemainder: false,
	daysBetween: 'CAST(julianday({0}) - julianday({1}) AS INTEGER)',
	casts: {
		text: 'CAST({0} AS TEXT)',
		integer: 'CAST(ccb_round({0}, 0) AS INTEGER)',
		'boolean>integer': 'CAST({0} AS INTEGER)',
		decimal: 'CAST({0} AS REAL)',
		digits: 'ccb_round(CAST({0} AS REAL), {2})',
		float: 'CAST({0} AS REAL)',
		date: 'date({0})',
		timestamp: 'datetime({0})',
	},
	units: { month: 'months', day: 'days', hour: 'hours', minute: 'minutes', second: 'seconds' },
};
