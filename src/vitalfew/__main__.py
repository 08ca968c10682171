from vitalfew.outlets.cli import main

main()
