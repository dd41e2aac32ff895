"""People, organisations and posts (人员、单位、岗位); signing in and out; who may do what where."""
