/*
 * mlango diff: what changed from one version of menus to another.
 */
#ifndef GATEWAY_DIFF_COMMAND_H
#define GATEWAY_DIFF_COMMAND_H

int diff_command(int argc, char **argv);

#endif
