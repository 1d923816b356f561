/*
 * What must be gone when we are: folders and children. However a test program
 * ends, short of SIGKILL; and even then its children die with it.
 */
'use strict';

const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folders = [];
const children = new Set();

/* A folder of our own, for this whole program. */
exports.folder = () => {
	const made = fs.mkdtempSync(path.join(os.tmpdir(), 'mlango-peers-'));

	folders.push(made);
	return made;
};

/* A child process, its output in the file LOG; `ended` is its exit status, or
 * the name of the signal that ended it. */
exports.start = (argv, log) => {
	const out = fs.openSync(log, 'a');
	const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...argv],
	    { stdio: ['ignore', out, out] });

	fs.closeSync(out);
	children.add(child);
	child.ended = new Promise(resolve => {
		child.on('error', failure => resolve(failure.message));
		child.on('exit', (status, signal) => resolve(status ?? signal));
	});
	child.ended.then(() => children.delete(child));
	return child;
};

function leave() {
	for (const child of children)
		child.kill('SIGKILL');
	for (const folder of folders)
		fs.rmSync(folder, { recursive: true, force: true });
}

process.on('exit', leave);
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'])
	process.on(signal, () => process.exit(128 + os.constants.signals[signal]));
