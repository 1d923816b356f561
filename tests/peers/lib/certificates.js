/*
 * The certificates of tests/unit/certificates.h, for one program.
 */
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const cleanup = require('./cleanup');

const build = process.env.MLANGO_BUILDDIR ?? path.join(__dirname, '../../..');
const folder = cleanup.folder();

execFileSync(`${build}/tests/certificates`, [folder]);

const file = exports.file = name => `${folder}/${name}`;

/* As node wants one: its octets. */
exports.shown = name => ({
	cert: fs.readFileSync(file(`${name}.pem`)),
	key: fs.readFileSync(file(`${name}.key`)),
});

exports.believed = name => ({ ca: fs.readFileSync(file(`${name}.pem`)) });
