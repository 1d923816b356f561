/*
 * Tests for prove: each is a sentence and a function, and what the function
 * throws is why the sentence is not true.
 *
 * All of them run side by side, since each has a gateway, an operator and a
 * prefix in Redis of its own, and most of their time is spent waiting. They
 * are told in the order they stand.
 */
'use strict';

const fs = require('fs');

const LOG_LINES = 20;

const tests = [];

exports.test = (sentence, play) => tests.push({ sentence, play });

exports.run = async () => {
	/* A test that has failed may leave something behind that it waited for. */
	process.on('unhandledRejection', () => {});
	console.log(`1..${tests.length}`);
	const outcomes = tests.map(outcomeOf);
	for (let i = 0; i < tests.length; i++)
		tell(i + 1, tests[i].sentence, await outcomes[i]);
	process.exit();
};

/* What cannot be tried is not passed, unless somebody says that he knows. */
exports.skip = why => {
	if (process.env.MLANGO_SKIP_PEERS) {
		console.log(`1..0 # SKIP ${why}`);
		process.exit(0);
	}
	console.log('1..1\nnot ok 1 - the peer is there');
	console.error(`${why}; MLANGO_SKIP_PEERS=1 leaves it out`);
	process.exit(1);
};

/* What is put off until the end of a test happens in reverse order, also when
 * the test has failed, and may fail it. */
async function outcomeOf(test) {
	const ends = [], logs = [], failures = [];
	const t = {
		end: what => ends.unshift(what),
		log: path => logs.push(path),
	};

	await attempt(() => test.play(t), failures);
	for (const end of ends)
		await attempt(end, failures);
	if (failures.length > 0)
		failures.push(...logs.map(lastLines));
	return failures;
}

async function attempt(what, failures) {
	try {
		await what();
	} catch (failure) {
		failures.push(failure.stack);
	}
}

function lastLines(path) {
	const lines = fs.readFileSync(path, 'utf8').trimEnd().split('\n');

	return [`the end of ${path}:`, ...lines.slice(-LOG_LINES)].join('\n');
}

function tell(number, sentence, failures) {
	console.log(`${failures.length === 0 ? 'ok' : 'not ok'} ${number} - ${sentence}`);
	for (const failure of failures)
		console.error(failure.replace(/^/gm, '# '));
	if (failures.length > 0)
		process.exitCode = 1;
}
