/*
 * mlango phone: a phone in the terminal.
 */
#ifndef SIMULATOR_PHONE_COMMAND_H
#define SIMULATOR_PHONE_COMMAND_H

int phone_command(int argc, char **argv);

#endif
